import type { GuildId } from '../core/ids.ts';

/** One of several parts of Discord's gateway: each serves some of the servers. */
export interface Shard {
  readonly id: number;
  readonly count: number;
}

/** The shard that serves a guild, by Discord's formula. */
export function shardOf(guildId: GuildId, count: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(count));
}
