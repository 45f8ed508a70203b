import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { MeetingId } from '../../core/ids.ts';
import type { MeetingLease } from '../../core/ports/journal.ts';
import type { MeetingHead } from '../../core/record.ts';
import { insertMeeting } from '../journal/tables/meetings.ts';
import type { JournalTables } from '../journal/tables/schema.ts';
import { StorageError } from '../storage-error.ts';
import { isAlive } from './alive.ts';
import { limitIdleTime } from './idle-limit.ts';
import type { TableOfOwners } from './table-of-owners.ts';

const TAIL_MS = 10_000; // the recogniser's last final comes within 8 s, and its write may have to wait for the database

/** Which meetings of one bot this process owns. */
export class MeetingLeases {
  readonly #table: TableOfOwners;
  readonly #botId: string;

  constructor(table: TableOfOwners, botId: string) {
    this.#table = table;
    this.#botId = botId;
  }

  /**
   * Writes down that a meeting has begun, as ours. Both or neither: no meeting is ever without an owner.
   *
   * @throws {StorageError} `superseded` when this process may not act
   */
  async begin(head: MeetingHead): Promise<MeetingLease | 'already running'> {
    return this.#table.change(async (db) => {
      try {
        return await db.transaction().execute((step) => this.#insert(step, head));
      } catch (error) {
        if (error === ALREADY_RUNNING) return 'already running';
        throw error;
      }
    });
  }

  /**
   * Takes the meetings whose owner is dead, and those without an owner from a time without a cluster, where the guild's
   * seat is ours.
   *
   * @returns everything that this process owns now, so that an answer which got lost loses no meeting
   */
  async claim(): Promise<readonly MeetingLease[]> {
    if (this.#table.membership.isSteady()) {
      await this.#table.change(async (db) => {
        await this.#claimOrphans(db);
        await this.#adopt(db);
      });
    }
    return await this.held();
  }

  /** What this process owns, the oldest first. To be read at the start of each term: others may have taken some. */
  async held(): Promise<readonly MeetingLease[]> {
    return this.#table.read(async (db) => {
      const { rows } = await sql<LeaseRow>`
        select meeting_id, token from meeting_leases
        where holder = ${this.#table.me} and bot_id = ${this.#botId}
        order by token`.execute(db);
      return rows.map(toLease);
    });
  }

  /**
   * Offers a meeting to another process, or takes the offer back (`undefined`).
   *
   * @returns false when the meeting is not ours, or words from before an earlier move are still on their way
   */
  async offer({ meetingId, token }: MeetingLease, heirId: string | undefined): Promise<boolean> {
    return this.#table.change(async (db) => {
      const { numAffectedRows } = await sql`
        update meeting_leases set heir = ${heirId ?? null}
        where meeting_id = ${meetingId} and token = ${token} and holder is distinct from ${heirId ?? null}::uuid
        and (tail_until is null or tail_until < clock_timestamp() or ${heirId === undefined})`.execute(db);
      return numAffectedRows === 1n;
    });
  }

  /**
   * Takes a meeting that its owner offers. The owner before keeps the tail right: for ten seconds it may write what was
   * said before the move.
   *
   * @param movedAtMs - now, since the meeting began
   */
  async take(meetingId: MeetingId, movedAtMs: number): Promise<MeetingLease | undefined> {
    const me = this.#table.me;
    return this.#table.change(async (db) => {
      await sql`
        update meeting_leases set
          holder = ${me}, token = nextval('lease_tokens'), heir = null,
          tail_holder = holder, tail_token = token,
          tail_until = clock_timestamp() + ${TAIL_MS} * interval '1 ms', moved_at_ms = ${movedAtMs}
        where meeting_id = ${meetingId} and heir = ${me} and holder <> ${me} and ${isAlive(sql`${me}::uuid`)}`.execute(
        db,
      );
      const { rows } = await sql<LeaseRow>`
        select meeting_id, token from meeting_leases where meeting_id = ${meetingId} and holder = ${me}`.execute(db);
      return rows[0] && toLease(rows[0]);
    });
  }

  /** The meetings that others offer to this process. */
  async offered(): Promise<readonly MeetingId[]> {
    return this.#table.read(async (db) => {
      const { rows } = await sql<{ meeting_id: string }>`
        select meeting_id from meeting_leases
        where heir = ${this.#table.me} and holder <> heir and bot_id = ${this.#botId} order by meeting_id`.execute(db);
      return rows.map(({ meeting_id }) => meeting_id);
    });
  }

  /** Whether a meeting that this process offered is its own no longer. */
  async isTaken({ meetingId, token }: MeetingLease): Promise<boolean> {
    return this.#table.read(async (db) => {
      const { rows } = await sql`
        select from meeting_leases where meeting_id = ${meetingId} and token = ${token}`.execute(db);
      return rows.length === 0;
    });
  }

  /**
   * The owner before has written its last words.
   *
   * @param lease - what it had before the move
   * @param heardUntilMs - the last moment that it heard, since the meeting began
   */
  async endTail({ meetingId, token }: MeetingLease, heardUntilMs: number): Promise<void> {
    await this.#table.write((db) =>
      sql`
        update meeting_leases set tail_until = 'epoch', moved_at_ms = ${heardUntilMs}
        where meeting_id = ${meetingId} and tail_token = ${token}`.execute(db),
    );
  }

  /** What the owner before still does with a meeting of this process, which has taken it. */
  async tailOf({ meetingId, token }: MeetingLease): Promise<Tail> {
    return this.#table.read(async (db) => {
      const { rows } = await sql<{ until: string; open: boolean; heard: number }>`
        select tail_until > clock_timestamp() as open, tail_until = 'epoch' as until, moved_at_ms as heard
        from meeting_leases where meeting_id = ${meetingId} and token = ${token}`.execute(db);
      const [row] = rows;
      if (row?.open) return 'open';
      return { ...(row?.until && { heardUntilMs: row.heard }) };
    });
  }

  /** The people's part is over: the next meeting of the guild may begin while this one is written up. */
  async vacate({ meetingId, token }: MeetingLease): Promise<void> {
    await this.#table.write((db) =>
      sql`update meeting_leases set running = false where meeting_id = ${meetingId} and token = ${token}`.execute(db),
    );
  }

  /** Nothing of the meeting is left to do. */
  async release({ meetingId, token }: MeetingLease): Promise<void> {
    await this.#table.write((db) =>
      sql`delete from meeting_leases where meeting_id = ${meetingId} and token = ${token}`.execute(db),
    );
  }

  async #insert(step: Kysely<JournalTables>, head: MeetingHead): Promise<MeetingLease> {
    const me = this.#table.me;
    const { rows: lives } = await sql`select ${limitIdleTime()} where ${isAlive(sql`${me}::uuid`)}`.execute(step);
    if (lives.length === 0)
      throw new StorageError('superseded', 'Cannot begin a meeting: this process counts as dead.');
    await insertMeeting(step, head);
    // Our own row, when the answer to the first try got lost.
    const { rows } = await sql<LeaseRow>`
      insert into meeting_leases as lease (meeting_id, guild_id, bot_id, holder, token)
      values (${head.id}, ${head.guildId}, ${this.#botId}, ${me}, nextval('lease_tokens'))
      on conflict (guild_id, bot_id) where running
      do update set holder = excluded.holder
      where lease.meeting_id = excluded.meeting_id and lease.holder = excluded.holder
      returning meeting_id, token`.execute(step);
    if (!rows[0]) throw ALREADY_RUNNING; // undoes the meeting's row
    return toLease(rows[0]);
  }

  /** A row that somebody else has locked waits for the next round, so one writer cannot hold up all meetings. */
  async #claimOrphans(db: Kysely<JournalTables>): Promise<void> {
    const me = this.#table.me;
    await sql`
      update meeting_leases set holder = ${me}, token = nextval('lease_tokens'), heir = null
      where meeting_id in (
        select meeting_id from meeting_leases lease
        where bot_id = ${this.#botId} and holder <> ${me} and not ${isAlive(sql`holder`)}
        and ${isAlive(sql`${me}::uuid`)} and ${isSeatedAt(sql`guild_id`, me)}
        for update of lease skip locked
      )`.execute(db);
  }

  /** Meetings that began before there was a cluster. */
  async #adopt(db: Kysely<JournalTables>): Promise<void> {
    const me = this.#table.me;
    await sql`
      insert into meeting_leases (meeting_id, guild_id, bot_id, running, holder, token)
      select id, guild_id, ${this.#botId}, ended_ms is null, ${me}, nextval('lease_tokens')
      from meetings
      where (ended_ms is null or exists (select from unsettled where meeting_id = id))
      and not exists (select from meeting_leases where meeting_id = id)
      and ${isAlive(sql`${me}::uuid`)} and ${isSeatedAt(sql`guild_id`, me)}
      on conflict do nothing`.execute(db);
  }
}

/** `open`: the owner before may still write. Then until when it heard; missing when it never said so. */
export type Tail = 'open' | { readonly heardUntilMs?: number };

const ALREADY_RUNNING = new Error('Another meeting of this guild runs.');

interface LeaseRow {
  readonly meeting_id: string;
  readonly token: string; // pg gives 64-bit numbers as text
}

function toLease({ meeting_id, token }: LeaseRow): MeetingLease {
  return { meetingId: meeting_id, token: BigInt(token) };
}

/** The guild's shard, in the generation that serves, has its seat in this process. */
function isSeatedAt(guildId: RawBuilder<unknown>, memberId: string): RawBuilder<boolean> {
  return sql`exists (
    select from shard_seats seat join cluster on cluster.generation = seat.generation
    where seat.holder = ${memberId} and (${guildId}::bigint >> 22) % seat.shard_count = seat.shard_id)`;
}
