import { Collection } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { Dormant, DormantCache } from '../../../../src/discord/gateway/dormant/dormant-cache.ts';

interface Thing {
  readonly id: string;
  readonly isMade?: boolean;
}

/** A cache in which each of `ids` sleeps, and a list of the things that were made. */
function asleep(...ids: string[]) {
  const made: string[] = [];
  const dormant = new Dormant<Thing>((id) => {
    if (id === 'gone') return undefined;
    made.push(id);
    return { id, isMade: true };
  });
  const cache = new DormantCache<Thing>(({ id }) => (ids.includes(id) ? dormant : undefined));
  for (const id of ids) cache.set(id, { id });
  return { cache, made };
}

describe('a cache of things that sleep', () => {
  it('makes a thing when somebody asks for it, once', () => {
    const { cache, made } = asleep('a', 'b');
    expect(cache.get('a')).toEqual({ id: 'a', isMade: true });
    expect(cache.get('a')).toBe(cache.get('a'));
    expect(made).toEqual(['a']);
  });

  it.each<[string, (cache: DormantCache<Thing>) => unknown, unknown]>([
    ['has', (cache) => cache.has('a'), true],
    ['size', (cache) => cache.size, 2],
    ['keys', (cache) => [...cache.keys()], ['a', 'b']],
    ['firstKey', (cache) => cache.firstKey(), 'a'],
    ['awake', (cache) => [...cache.awake()], []],
    ['delete', (cache) => cache.delete('a'), true],
  ])('makes none for %s', (_name, ask, answer) => {
    const { cache, made } = asleep('a', 'b');
    expect(ask(cache)).toEqual(answer);
    expect(made).toEqual([]);
  });

  it.each<[string, (cache: DormantCache<Thing>) => Iterable<unknown>]>([
    ['values', (cache) => cache.values()],
    ['entries', (cache) => [...cache.entries()].map(([, value]) => value)],
    ['the iterator', (cache) => [...cache].map(([, value]) => value)],
    ['filter', (cache) => cache.filter(({ isMade }) => isMade === true).values()],
    ['map', (cache) => cache.map((value) => value)],
    ['clone', (cache) => cache.clone().values()],
    ['toJSON', (cache) => cache.toJSON()],
    [
      'forEach',
      (cache) => {
        const all: Thing[] = [];
        cache.forEach((value) => {
          all.push(value);
        });
        return all;
      },
    ],
  ])('holds everything for %s', (_name, read) => {
    expect([...read(asleep('a', 'b').cache)]).toEqual([
      { id: 'a', isMade: true },
      { id: 'b', isMade: true },
    ]);
  });

  it('gives filtered and copied things as an ordinary collection', () => {
    const { cache } = asleep('a');
    expect([cache.filter(() => true).constructor, cache.clone().constructor]).toEqual([Collection, Collection]);
  });

  it('keeps what does not sleep as it is', () => {
    const { cache } = asleep('a');
    const awake = { id: 'c' };
    cache.set('c', awake);
    expect(cache.get('c')).toBe(awake);
    expect([...cache.awake()]).toEqual([awake]);
  });

  it('no longer has a thing that cannot be made', () => {
    const { cache } = asleep('gone');
    expect([cache.get('gone'), cache.has('gone')]).toEqual([undefined, false]);
  });

  it('forgets what sleeps, and nothing that somebody has asked for', () => {
    const { cache } = asleep('a', 'b');
    const a = cache.get('a');
    for (const id of ['a', 'b', 'c']) cache.forgetDormant(id);
    expect([...cache.values()]).toEqual([a]);
  });
});
