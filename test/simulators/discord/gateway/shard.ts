/** The part of the servers that a session serves. */
export interface Shard {
  readonly id: number;
  readonly count: number;
}

export const WHOLE: Shard = { id: 0, count: 1 };

/** The shard that a server belongs to when there are so many. */
export function shardIdOf(guildId: string, count: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(count));
}

/** Whether a session of this shard hears of a server. What belongs to no server, as direct messages, shard 0 hears. */
export function serves({ id, count }: Shard, guildId: string | undefined): boolean {
  if (count === 1) return true;
  return (guildId === undefined ? 0 : shardIdOf(guildId, count)) === id;
}
