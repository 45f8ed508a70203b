import { describe, expect, it } from 'vitest';
import { MOST_PEOPLE, SsrcMap } from '../../../src/voice/packets/ssrc-map.ts';

/** The people of these numbers, and those of these people who have a number. */
const known = (map: SsrcMap, ssrcs: readonly number[], people: readonly string[]) => [
  ssrcs.map((ssrc) => map.whose(ssrc)),
  people.filter((person) => map.isNamed(person)),
];

describe('the person of a stream', () => {
  it('is the one that the voice server named', () => {
    const map = new SsrcMap();
    expect(map.learn(1, 'ana')).toBe(true);
    expect(map.learn(2, 'ben')).toBe(true);
    expect(known(map, [1, 2, 3], ['ana', 'ben', 'cem'])).toEqual([
      ['ana', 'ben', undefined],
      ['ana', 'ben'],
    ]);
  });

  it('is nothing new when it is named again', () => {
    const map = new SsrcMap();
    map.learn(1, 'ana');
    expect(map.learn(1, 'ana')).toBe(false);
  });

  it('is unknown for number zero, whose person sends no audio', () => {
    const map = new SsrcMap();
    expect(map.learn(0, 'ana')).toBe(false);
    expect(known(map, [0], ['ana'])).toEqual([[undefined], []]);
    map.learn(1, 'ana');
    map.learn(0, 'ana');
    expect(known(map, [0, 1], ['ana'])).toEqual([[undefined, 'ana'], ['ana']]);
  });

  it('loses the old number to the new one', () => {
    const map = new SsrcMap();
    map.learn(1, 'ana');
    expect(map.learn(2, 'ana')).toBe(true);
    expect(known(map, [1, 2], ['ana'])).toEqual([[undefined, 'ana'], ['ana']]);
  });

  it('is replaced when the number goes to another person', () => {
    const map = new SsrcMap();
    map.learn(1, 'ana');
    expect(map.learn(1, 'ben')).toBe(true);
    expect(known(map, [1], ['ana', 'ben'])).toEqual([['ben'], ['ben']]);
    map.forget('ana'); // does not change ben's number
    expect(map.whose(1)).toBe('ben');
  });

  it('is forgotten with the person', () => {
    const map = new SsrcMap();
    map.learn(1, 'ana');
    map.learn(2, 'ben');
    map.forget('ana');
    map.forget('nobody');
    expect(known(map, [1, 2], ['ana', 'ben'])).toEqual([[undefined, 'ben'], ['ben']]);
  });

  it('is forgotten when another voice server assigns new numbers', () => {
    const map = new SsrcMap();
    map.learn(1, 'ana');
    map.clear();
    expect(known(map, [1], ['ana'])).toEqual([[undefined], []]);
  });

  it('is forgotten, oldest first, when more are named than Discord lets into a channel', () => {
    const map = new SsrcMap();
    for (let ssrc = 1; ssrc <= MOST_PEOPLE; ssrc += 1) map.learn(ssrc, `person ${ssrc}`);
    expect(map.whose(1)).toBe('person 1');
    map.learn(MOST_PEOPLE + 1, 'one more');
    expect(known(map, [1, 2, MOST_PEOPLE + 1], ['person 1', 'person 2', 'one more'])).toEqual([
      [undefined, 'person 2', 'one more'],
      ['person 2', 'one more'],
    ]);
  });
});
