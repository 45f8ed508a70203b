import { describe, expect, it } from 'vitest';
import { Latest } from '../../src/core/latest.ts';

describe('a map of the latest entries', () => {
  it.each([
    ['keeps all while there is room', 3, ['a', 'b', 'c'], ['a', 'b', 'c']],
    ['pushes out the oldest, one for each new key', 3, ['a', 'b', 'c', 'd', 'e'], ['c', 'd', 'e']],
    ['does not count a key twice, nor anew', 3, ['a', 'b', 'a', 'c', 'd'], ['b', 'c', 'd']],
    ['keeps one where there is room for one', 1, ['a', 'b'], ['b']],
  ])('%s', (_, limit, keys, kept) => {
    const latest = new Latest<string, string>(limit);
    for (const key of keys) latest.set(key, key.toUpperCase());
    expect([...latest]).toEqual(kept.map((key) => [key, key.toUpperCase()]));
  });

  it('holds the newest value of a key', () => {
    const latest = new Latest<string, number>(2).set('a', 1).set('a', 2);
    expect(latest.get('a')).toBe(2);
  });

  it('has room again for each entry that is deleted, and takes it back as the newest', () => {
    const latest = new Latest<string, number>(2).set('a', 1).set('b', 2);
    latest.delete('a');
    latest.set('a', 3).set('c', 4);
    expect([...latest.keys()]).toEqual(['a', 'c']);
  });

  it.each([0, -1, Number.NaN])('refuses a limit of %s', (limit) => {
    expect(() => new Latest(limit)).toThrow(RangeError);
  });
});
