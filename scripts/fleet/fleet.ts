import type { Client } from 'pg';

/** A process of the bot, as the database knows it. */
export interface Member {
  readonly name: string;
  readonly version: string;
  readonly address: string | null;
  readonly leftMs: number; // how long the others still count on it; negative: since when they do not
  readonly isDraining: boolean;
  readonly serves: readonly number[];
  readonly heirTo: readonly { readonly shardId: number; readonly isReady: boolean }[];
  readonly meetings: number; // that run
  readonly writingUp: number; // meetings that are over and not written up yet
}

/** All processes of one bot, and the shards that they share. */
export interface Fleet {
  readonly members: readonly Member[]; // by name
  readonly shards: number; // 0: no process has made the seats yet
  readonly unserved: readonly number[]; // shards whose holder is missing or dead
  readonly withoutHeir: readonly number[]; // shards that nobody would serve at once
  readonly next?: { readonly shards: number; readonly ready: number }; // another number of shards is asked for
}

interface MemberRow {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly address: string | null;
  readonly left_ms: number;
  readonly draining: boolean;
  readonly running: number;
  readonly settling: number;
}

interface SeatRow {
  readonly shard_id: number;
  readonly holder: string | null;
  readonly heir: string | null;
  readonly heir_ready: boolean;
}

/** Reads the fleet. Changes nothing, and makes no tables. */
export async function readFleet(client: Client): Promise<Fleet> {
  const { rows: members } = await client.query<MemberRow>(`
    select id, name, version, host(address) as address, draining,
      extract(epoch from alive_until - clock_timestamp())::float8 * 1000 as left_ms,
      (select count(*)::int from meeting_leases where holder = members.id and running) as running,
      (select count(*)::int from meeting_leases where holder = members.id and not running) as settling
    from members order by name, id`);
  const { rows: seats } = await client.query<SeatRow>(`
    select shard_id, holder, heir, heir_ready from shard_seats join cluster using (generation) order by shard_id`);
  const { rows: next } = await client.query<{ shards: number; ready: number }>(`
    select count(*)::int as shards, count(*) filter (where heir_ready)::int as ready
    from shard_seats where generation > (select generation from cluster) having count(*) > 0`);
  const alive = new Set(members.filter(({ left_ms }) => left_ms > 0).map(({ id }) => id));
  const lives = (id: string | null) => id !== null && alive.has(id);
  return {
    members: members.map((row) => ({
      name: row.name,
      version: row.version,
      address: row.address,
      leftMs: row.left_ms,
      isDraining: row.draining,
      serves: seats.filter(({ holder }) => holder === row.id).map(({ shard_id }) => shard_id),
      heirTo: seats
        .filter(({ heir }) => heir === row.id)
        .map(({ shard_id, heir_ready }) => ({ shardId: shard_id, isReady: heir_ready })),
      meetings: row.running,
      writingUp: row.settling,
    })),
    shards: seats.length,
    ...(next[0] && { next: next[0] }),
    unserved: seats.filter(({ holder }) => !lives(holder)).map(({ shard_id }) => shard_id),
    withoutHeir: seats.filter(({ heir, heir_ready }) => !heir_ready || !lives(heir)).map(({ shard_id }) => shard_id),
  };
}

/** Has the living processes of this name hand over all that they have. @returns how many there are */
export async function drain(client: Client, name: string): Promise<number> {
  const { rowCount } = await client.query(
    'update members set draining = true where name = $1 and alive_until > clock_timestamp()',
    [name],
  );
  return rowCount ?? 0;
}
