import { describe, expect, it } from 'vitest';
import { shardOf } from '../../src/cluster/shards.ts';

describe('the shard of a server', () => {
  it.each([
    ['0', 4, 0],
    [String(5n << 22n), 4, 1],
    [String((6n << 22n) + 4_194_303n), 4, 2], // what comes after the time does not count
    ['81384788765712384', 1, 0],
    [String(2n ** 63n - 1n), 3, Number((2n ** 41n - 1n) % 3n)],
  ])('of %s in %i is %i, by Discord’s formula', (guildId, count, shard) => {
    expect(shardOf(guildId, count)).toBe(shard);
  });
});
