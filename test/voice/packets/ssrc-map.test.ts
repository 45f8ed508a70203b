import { describe, expect, it } from 'vitest';
import { MOST_PEOPLE, SsrcMap } from '../../../src/voice/packets/ssrc-map.ts';

/** Whose these numbers are, and which of these people have one. */
const known = (map: SsrcMap, ssrcs: readonly number[], people: readonly string[]) => [
  ssrcs.map((ssrc) => map.whose(ssrc)),
  people.filter((person) => map.isNamed(person)),
];

describe('whose stream is whose', () => {
  it('is what the voice server said', () => {
    const map = new SsrcMap();
    expect(map.learn(1, 'ana')).toBe(true);
    expect(map.learn(2, 'ben')).toBe(true);
    expect(known(map, [1, 2, 3], ['ana', 'ben', 'cem'])).toEqual([
      ['ana', 'ben', undefined],
      ['ana', 'ben'],
    ]);
  });

  it('is nothing new when it is said again', () => {
    const map = new SsrcMap();
    map.learn(1, 'ana');
    expect(map.learn(1, 'ana')).toBe(false);
  });

  it('is not said of number nought: who has it sends no audio', () => {
    const map = new SsrcMap();
    expect(map.learn(0, 'ana')).toBe(false);
    expect(known(map, [0], ['ana'])).toEqual([[undefined], []]);
  });

  it('is one number a person: a new one replaces the old', () => {
    const map = new SsrcMap();
    map.learn(1, 'ana');
    expect(map.learn(2, 'ana')).toBe(true);
    expect(known(map, [1, 2], ['ana'])).toEqual([[undefined, 'ana'], ['ana']]);
  });

  it('is one person a number: who had it before has none', () => {
    const map = new SsrcMap();
    map.learn(1, 'ana');
    expect(map.learn(1, 'ben')).toBe(true);
    expect(known(map, [1], ['ana', 'ben'])).toEqual([['ben'], ['ben']]);
    map.forget('ana'); // takes nothing away from ben
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

  it('is forgotten when another voice server numbers anew', () => {
    const map = new SsrcMap();
    map.learn(1, 'ana');
    map.clear();
    expect(known(map, [1], ['ana'])).toEqual([[undefined], []]);
  });

  it('is forgotten of the oldest when more are named than Discord lets into a channel', () => {
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
