import { type Kysely, sql } from 'kysely';
import type { JournalTables } from '../../journal/tables/schema.ts';
import { isAlive } from '../alive.ts';
import { limitIdleTime } from '../idle-limit.ts';
import type { TableOfOwners } from '../table-of-owners.ts';
import type { Heirship } from './seats.ts';

/** The generation of seats that is to serve next, if there is one; and the one that serves. */
const GENERATIONS = sql`
  serving as (select shard_seats.* from shard_seats join cluster using (generation)),
  next as (
    select * from shard_seats
    where generation = (select max(generation) from shard_seats) and generation > (select generation from cluster)
  )`;

/** Which processes will serve the shards when their number has changed. */
export interface NextSeats {
  readonly mine: readonly Heirship[];
  readonly count: number; // of shards
  /** By shard; missing while anybody is not ready: nothing moves before everything can. */
  readonly heirs?: ReadonlyMap<number, string>;
}

interface NextRow {
  readonly shard_id: number;
  readonly shard_count: number;
  readonly heir: string | null;
  readonly heir_ready: boolean;
  readonly lives: boolean;
}

/**
 * The seats of another number of shards, beside those that serve.
 *
 * Each process becomes heir to some of them and opens their sessions. When all are ready, meetings move to whoever is heir to
 * their guild; when none is left to move, all heirs get their seats in one step, and the generation before is gone.
 */
export class Resharding {
  readonly #table: TableOfOwners;

  constructor(table: TableOfOwners) {
    this.#table = table;
  }

  /** Becomes heir to its share of the next generation. @returns `undefined` when no other number of shards is asked for */
  async standBy(): Promise<NextSeats | undefined> {
    const rows = await this.#read();
    const [first] = rows;
    if (!first) return undefined;
    const isTaken = rows.every(({ heir, lives }) => heir !== null && lives);
    const seats = isTaken ? rows : await this.#table.change((db) => this.#takeShare(db)).then(() => this.#read());
    const mine = seats.filter(({ heir }) => heir === this.#table.me);
    const isReady = seats.every(({ heir_ready, lives }) => heir_ready && lives);
    return {
      mine: mine.map((row) => ({ shardId: row.shard_id, shardCount: row.shard_count, isReady: row.heir_ready })),
      count: first.shard_count,
      ...(isReady && { heirs: new Map(seats.flatMap(({ shard_id, heir }) => (heir ? [[shard_id, heir]] : []))) }),
    };
  }

  /** The session of a shard of the next generation is open here. */
  async ready(shardId: number): Promise<void> {
    await this.#table.change((db) =>
      sql`
        with ${GENERATIONS}
        update shard_seats seat set heir_ready = true from next
        where seat.generation = next.generation and seat.shard_id = next.shard_id
        and next.shard_id = ${shardId} and seat.heir = ${this.#table.me}`.execute(db),
    );
  }

  /**
   * Gives all heirs their seats, if each is ready and no meeting is left to move.
   *
   * @returns whether that has happened now
   */
  async finish(): Promise<boolean> {
    return this.#table.change((db) =>
      db.transaction().execute(async (step) => {
        await sql`select ${limitIdleTime()}`.execute(step);
        await sql`select from cluster for update`.execute(step); // one process does it
        const { rows } = await sql<{ generation: number }>`
          with ${GENERATIONS}
          update cluster set generation = (select min(generation) from next)
          where exists (select from next)
          and not exists (select from next where not heir_ready or heir is null or not ${isAlive(sql`heir`)})
          and not exists (
            select from meeting_leases lease join next on (guild_id::bigint >> 22) % shard_count = shard_id
            where running and lease.holder <> next.heir and ${isAlive(sql`lease.holder`)}
          )
          returning generation`.execute(step);
        if (!rows[0]) return false;
        const { generation } = rows[0];
        await sql`
          update shard_seats set holder = heir, heir = null, heir_ready = false, token = nextval('lease_tokens')
          where generation = ${generation}`.execute(step);
        await sql`delete from shard_seats where generation < ${generation}`.execute(step);
        return true;
      }),
    );
  }

  async #read(): Promise<readonly NextRow[]> {
    return this.#table.read(async (db) => {
      const { rows } = await sql<NextRow>`
        with ${GENERATIONS}
        select shard_id, shard_count, heir, heir_ready,
          exists (select from members where id = heir and alive_until > clock_timestamp() and not draining) as lives
        from next order by shard_id`.execute(db);
      return rows;
    });
  }

  /** First those whose servers this process serves already: their meetings need not move. */
  async #takeShare(db: Kysely<JournalTables>): Promise<void> {
    const me = this.#table.me;
    await sql`
      with ${GENERATIONS},
      fleet as (select id from members where alive_until > clock_timestamp() and not draining),
      room as (
        select ceil((select count(*) from next)::numeric / greatest(1, (select count(*) from fleet)))
          - (select count(*) from next where heir = ${me}) as seats
        from fleet where id = ${me}
      ),
      picked as materialized (
        select seat.generation, seat.shard_id
        from shard_seats seat join next using (generation, shard_id)
        where seat.heir is null or seat.heir not in (select id from fleet)
        order by exists (
          select from serving
          where serving.holder = ${me} and seat.shard_id % serving.shard_count = serving.shard_id % seat.shard_count
        ) desc, seat.shard_id
        limit greatest(0, coalesce((select seats from room), 0))
        for update of seat skip locked
      )
      update shard_seats set heir = ${me}, heir_ready = false from picked
      where shard_seats.generation = picked.generation and shard_seats.shard_id = picked.shard_id`.execute(db);
  }
}
