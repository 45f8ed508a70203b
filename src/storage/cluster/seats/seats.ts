import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { GuildId } from '../../../core/ids.ts';
import type { JournalTables } from '../../journal/tables/schema.ts';
import { isAlive } from '../alive.ts';
import { limitIdleTime } from '../idle-limit.ts';
import type { TableOfOwners } from '../table-of-owners.ts';

/** A shard of Discord's gateway that this process serves. */
export interface Seat {
  readonly shardId: number;
  readonly shardCount: number;
  readonly token: bigint; // grows with each new holder
}

/** A seat that is to be handed over. */
export interface SurplusSeat extends Seat {
  readonly heirId: string;
}

/** A shard of another process that this one is ready, or gets ready, to serve. */
export interface Heirship {
  readonly shardId: number;
  readonly shardCount: number;
  readonly isReady: boolean;
}

/** The seats that concern one process, all at the same moment: one that changes hands is in exactly one of the lists. */
export interface OwnSeats {
  readonly held: readonly Seat[];
  readonly heirships: readonly Heirship[];
  readonly isResharding: boolean; // another number of shards is asked for
}

/** Who is there to hold seats (`fleet`), with how many each holds, and how many one may hold at most (`share`). */
const FLEET = sql`
  seats as (select shard_seats.* from shard_seats join cluster using (generation)),
  fleet as (
    select id, (select count(*) from seats where holder = members.id) as held
    from members where alive_until > clock_timestamp() and not draining
  ),
  share as (
    select ceil((select count(*) from seats)::numeric / greatest(1, (select count(*) from fleet))) as most
  )`;

/**
 * Which shards this process serves, and which it would serve in another's place.
 *
 * Seats are taken up to a fair share, ⌈seats ÷ members⌉, and given away down to it. An exactly even spread would move
 * more: each deploy has one process too many for a while, and each move costs its meetings a second.
 */
export class Seats {
  readonly #table: TableOfOwners;

  constructor(table: TableOfOwners) {
    this.#table = table;
  }

  /**
   * Makes the seats if there are none yet.
   *
   * @returns how many there are: another process may have been first, with another number
   */
  async layOut(shardCount: number): Promise<number> {
    return this.#table.change((db) =>
      db.transaction().execute(async (step) => {
        await sql`select ${limitIdleTime()}`.execute(step);
        await sql`insert into cluster (generation) values (1) on conflict do nothing`.execute(step); // waits for another's
        await sql`
          insert into shard_seats (generation, shard_id, shard_count)
          select generation, shard_id, ${shardCount}::int
          from cluster, generate_series(0, ${shardCount}::int - 1) as shard_id
          where not exists (select from shard_seats where generation = cluster.generation)`.execute(step);
        const { rows } = await sql<{ count: string }>`
          select count(*) from shard_seats join cluster using (generation)`.execute(step);
        return Number(rows[0]?.count);
      }),
    );
  }

  /**
   * Takes the seats that this process is heir to and whose holder is gone; then others that nobody serves and nobody is
   * heir to, up to the fair share.
   */
  async claim(): Promise<void> {
    await this.#table.change(async (db) => {
      await this.#inherit(db);
      await this.#takeFree(db);
    });
  }

  /** What this process holds and is heir to, by shard: also what others have handed over, and what was taken when the answer got lost. */
  async own(): Promise<OwnSeats> {
    const { me } = this.#table;
    return this.#table.read(async (db) => {
      const { rows } = await sql<OwnRow>`
        select shard_id, shard_count, token, heir_ready, holder = ${me} as is_held,
          (select max(generation) from shard_seats) > cluster.generation as is_resharding
        from cluster
        left join shard_seats seat on seat.generation = cluster.generation and ${me} in (holder, heir)
        order by shard_id`.execute(db);
      const seats = rows.filter(({ shard_id }) => shard_id !== null);
      return {
        held: seats.filter(({ is_held }) => is_held).map(toSeat),
        heirships: seats
          .filter(({ is_held }) => !is_held)
          .map((row) => ({ shardId: row.shard_id, shardCount: row.shard_count, isReady: row.heir_ready })),
        isResharding: rows[0]?.is_resharding ?? false,
      };
    });
  }

  /**
   * Becomes heir to seats of other processes: first to those whose holder leaves or has too many, as far as there is room
   * for them, even in place of an heir without room; then to seats without an heir, up to the fair share; then to one more
   * that nobody else has room for.
   *
   * @param whose - `leaving`: only the first
   */
  async standBy(whose: 'all' | 'leaving'): Promise<void> {
    await this.#table.change(async (db) => {
      await this.#standByLeaving(db);
      if (whose === 'all') {
        await this.#standByOthers(db);
        await this.#standByRest(db);
      }
    });
  }

  /** Whether the session of a shard is open here, too, and hears Discord: the seat may be handed over. */
  async setReady(shardId: number, isReady: boolean): Promise<void> {
    await this.#table.change((db) =>
      sql`
        update shard_seats set heir_ready = ${isReady} from cluster
        where cluster.generation = shard_seats.generation and shard_id = ${shardId} and heir = ${this.#table.me}
      `.execute(db),
    );
  }

  /**
   * The seats to hand over now: all that have a ready heir when this process drains, else what is more than the fair share
   * and has a ready heir with room. Their meetings move first.
   */
  async surplus(): Promise<readonly SurplusSeat[]> {
    const me = this.#table.me;
    return this.#table.read(async (db) => {
      const { rows } = await sql<SeatRow & { heir: string }>`
        with ${FLEET}, offers as (
          select seats.*, most - heir.held as room, row_number() over (partition by heir order by shard_id) as place
          from seats join fleet heir on heir.id = seats.heir, share
          where holder = ${me} and heir_ready
        )
        select shard_id, shard_count, token, heir from offers
        where not exists (select from fleet where id = ${me}) or place <= room
        order by shard_id
        limit (select greatest(0, held - most) from fleet, share where id = ${me})`.execute(db);
      return rows.map((row) => ({ ...toSeat(row), heirId: row.heir }));
    });
  }

  /** The process that is ready to serve a shard of this one. */
  async readyHeirOf(shardId: number): Promise<string | undefined> {
    return this.#table.read(async (db) => {
      const { rows } = await sql<{ heir: string }>`
        select heir from shard_seats join cluster using (generation)
        where shard_id = ${shardId} and holder = ${this.#table.me} and heir_ready and ${isAlive(sql`heir`)}
      `.execute(db);
      return rows[0]?.heir;
    });
  }

  /** The other process that serves a guild's shard, if it is counted on. */
  async otherHolderOf(guildId: GuildId): Promise<string | undefined> {
    return this.#table.read(async (db) => {
      const { rows } = await sql<{ holder: string }>`
        select holder from shard_seats join cluster using (generation)
        where (${guildId}::bigint >> 22) % shard_count = shard_id
        and holder <> ${this.#table.me} and ${isAlive(sql`holder`)}`.execute(db);
      return rows[0]?.holder;
    });
  }

  /** How many other processes could serve. */
  async others(): Promise<number> {
    return this.#table.read(async (db) => {
      const { rows } = await sql<{ count: string }>`
        with ${FLEET} select count(*) from fleet where id <> ${this.#table.me}`.execute(db);
      return Number(rows[0]?.count);
    });
  }

  /**
   * Gives a seat to its ready heir.
   *
   * @returns false when the seat is not ours, or the heir is not ready or dead
   */
  async handOver({ shardId, token }: Seat): Promise<boolean> {
    return this.#table.change(async (db) => {
      const { numAffectedRows } = await sql`
        update shard_seats set holder = heir, heir = null, heir_ready = false, token = nextval('lease_tokens')
        from cluster
        where cluster.generation = shard_seats.generation and shard_id = ${shardId}
        and holder = ${this.#table.me} and token = ${token} and heir_ready and ${isAlive(sql`heir`)}`.execute(db);
      return numAffectedRows === 1n;
    });
  }

  async #inherit(db: Kysely<JournalTables>): Promise<void> {
    const me = this.#table.me;
    const where = sql`heir = ${me} and ${this.#isOrphan()} and ${isAlive(sql`${me}::uuid`)}`;
    await changeSeats(db, this.#takingOver(), where, sql`null`);
  }

  async #takeFree(db: Kysely<JournalTables>): Promise<void> {
    const where = sql`${this.#isOrphan()} and (heir is null or heir not in (select id from fleet))`;
    await changeSeats(db, this.#takingOver(), where, this.#room(sql`most - held`));
  }

  async #standByLeaving(db: Kysely<JournalTables>): Promise<void> {
    const me = this.#table.me;
    const isLeaving = sql`not exists (select from fleet where id = holder and held <= most)`;
    const where = sql`
      holder <> ${me} and ${isLeaving} and heir is distinct from ${me}
      and not exists (select from fleet where id = heir and held < most)`;
    const promised = sql`(select count(*) from seats where heir = ${me} and ${isLeaving})`;
    await changeSeats(db, this.#standingBy(), where, this.#room(sql`most - held - ${promised}`));
  }

  async #standByOthers(db: Kysely<JournalTables>): Promise<void> {
    const me = this.#table.me;
    const where = sql`holder <> ${me} and (heir is null or heir not in (select id from fleet))`;
    const promised = sql`(select count(*) from seats where heir = ${me})`;
    await changeSeats(db, this.#standingBy(), where, this.#room(sql`most - ${promised}`));
  }

  /** With three processes two may stand by for each other, and the third one's seat would have nobody. */
  async #standByRest(db: Kysely<JournalTables>): Promise<void> {
    const promised = sql`(select count(*) from seats where heir = other.id)`;
    const where = sql`
      holder <> ${this.#table.me} and (heir is null or heir not in (select id from fleet))
      and not exists (select from fleet other where other.id <> holder and ${promised} < most)`;
    await changeSeats(db, this.#standingBy(), where, this.#room(sql`1`));
  }

  #takingOver() {
    return sql`holder = ${this.#table.me}, heir = null, heir_ready = false, token = nextval('lease_tokens')`;
  }

  #standingBy() {
    return sql`heir = ${this.#table.me}, heir_ready = false`;
  }

  /** As many as this process still may take: none when it drains or counts as dead. */
  #room(count: RawBuilder<unknown>) {
    return sql`coalesce((select greatest(0, ${count}) from fleet, share where id = ${this.#table.me}), 0)`;
  }

  /** Nobody serves it. A seat that was left is free at once; that a holder is dead may be judged only after a while. */
  #isOrphan() {
    const isDead = this.#table.membership.isSteady() ? sql`not ${isAlive(sql`holder`)}` : sql`false`;
    return sql`(holder is null or ${isDead})`;
  }
}

/** Changes the seats for which `where` holds. One that somebody else has locked waits for the next round. */
async function changeSeats(
  db: Kysely<JournalTables>,
  set: RawBuilder<unknown>,
  where: RawBuilder<unknown>,
  limit: RawBuilder<unknown>,
): Promise<void> {
  // Materialised: as a part of the update, a plan may pick several times and so take more than the limit.
  await sql`
    with ${FLEET}, picked as materialized (
      select seat.generation, seat.shard_id
      from shard_seats seat join cluster using (generation), share
      where ${where}
      order by shard_id limit ${limit}
      for update of seat skip locked
    )
    update shard_seats set ${set} from picked
    where shard_seats.generation = picked.generation and shard_seats.shard_id = picked.shard_id`.execute(db);
}

interface OwnRow extends SeatRow {
  readonly heir_ready: boolean;
  readonly is_held: boolean | null; // null: nobody holds it
  readonly is_resharding: boolean;
}

interface SeatRow {
  readonly shard_id: number;
  readonly shard_count: number;
  readonly token: string; // pg gives 64-bit numbers as text
}

function toSeat({ shard_id, shard_count, token }: SeatRow): Seat {
  return { shardId: shard_id, shardCount: shard_count, token: BigInt(token) };
}
