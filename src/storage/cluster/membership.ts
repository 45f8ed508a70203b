import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { JournalTables } from '../journal/tables/schema.ts';
import { StorageError } from '../storage-error.ts';

const COUNTED_MS = 4_000; // how long the others count on a process after each renewal, by the database's clock
const TERM_MS = 3_000; // how long it counts on itself: a second less, for what it has already begun to do
const LATE_MS = 2_000; // two renewals missed: something held this process, or all of them, up

/** What a process says about itself when it joins. */
export interface Newcomer {
  readonly name: string; // of the node, for people
  readonly version: string;
  readonly address?: string; // an IP address at which the others reach it
}

/**
 * This process as one of several: a row in `members` that is renewed each second.
 *
 * The database's clock decides whether others count on a process. The process itself counts on monotonic time from
 * before it sent a renewal, so it always knows first that it is over: it needs no answer and no correct clock for that.
 *
 * The time in which it may count on itself is a *term*. A term that ended never goes on. When the database answers again,
 * another term begins, and what this process owned before has to be read anew, as others may have taken it.
 */
export class Membership {
  readonly id: string = randomUUID();
  readonly #db: Kysely<JournalTables>;
  readonly #newcomer: Newcomer;
  readonly #nowMs: () => number;
  #term = new AbortController();
  #termEndsMs = Number.NEGATIVE_INFINITY;
  #renewedMs = Number.NEGATIVE_INFINITY; // when the newest renewal that succeeded was sent
  #steadySinceMs = Number.POSITIVE_INFINITY;
  #isDraining = false;
  #hasToldDraining = false;
  #hasLeft = false;
  #alarm: NodeJS.Timeout | undefined;

  private constructor(db: Kysely<JournalTables>, newcomer: Newcomer, nowMs: () => number) {
    this.#db = db;
    this.#newcomer = newcomer;
    this.#nowMs = nowMs;
    this.#term.abort(); // no term has begun
  }

  /**
   * Joins as a process that nobody knows yet.
   *
   * @param db - best a pool of its own, so that no other statement holds a renewal up
   * @param nowMs - monotonic
   */
  static async join(
    db: Kysely<JournalTables>,
    newcomer: Newcomer,
    nowMs = () => performance.now(),
  ): Promise<Membership> {
    await removeLongDead(db);
    const membership = new Membership(db, newcomer, nowMs);
    await membership.renew();
    return membership;
  }

  /** Whether this process may still act. Asks the monotonic clock, so a process that was frozen knows at once. */
  isAlive(): boolean {
    if (this.#nowMs() < this.#termEndsMs) return true;
    this.#endTerm();
    return false;
  }

  /** @throws {StorageError} `superseded` when this process may no longer act */
  mustBeAlive(): void {
    if (!this.isAlive()) throw tooLate();
  }

  /** Aborts when the term ends, at the latest when `isAlive` is asked. Each term has its own signal. */
  get term(): AbortSignal {
    this.isAlive();
    return this.#term.signal;
  }

  /**
   * Whether this process may judge others dead: its renewals have come through for as long as a member is counted on.
   *
   * After an outage of the database every row is out of date. Whoever is back first must not take everything over.
   */
  isSteady(): boolean {
    return this.isAlive() && this.#nowMs() - this.#steadySinceMs >= COUNTED_MS;
  }

  /**
   * Whether no process of a newer version is counted on. What one process does for all of them, as to tell Discord which
   * commands there are, an older one must not undo in a rolling update.
   */
  async isNewest(): Promise<boolean> {
    const numbers = sql`string_to_array(substring(version from '^[0-9.]+'), '.')::int[]`;
    const { rows } = await sql`
      select from members
      where alive_until > clock_timestamp()
      and ${numbers} > (select ${numbers} from members where id = ${this.id})`.execute(this.#db);
    return rows.length === 0;
  }

  /** No longer takes anything new: others become owners of what it owns. Lasts until it leaves. May be called again. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    if (this.#hasToldDraining) return;
    await sql`update members set draining = true where id = ${this.id}`.execute(this.#db);
    this.#hasToldDraining = true;
  }

  /** Tells the others that this process lives, and begins a term if none goes on. */
  async renew(): Promise<void> {
    if (this.#hasLeft) return;
    this.isAlive(); // a process that was frozen ends its term before it asks for another
    const sentMs = this.#nowMs();
    await this.#write();
    if (this.#hasLeft || sentMs < this.#renewedMs) return;
    if (sentMs - this.#renewedMs > LATE_MS) this.#steadySinceMs = sentMs;
    this.#renewedMs = sentMs;
    this.#termEndsMs = sentMs + TERM_MS;
    if (!this.isAlive()) return; // the answer took longer than a term
    if (this.#term.signal.aborted) this.#term = new AbortController();
    this.#setAlarm();
  }

  /** Leaves for good: its term ends first, then others may take at once what it still owns. */
  async leave(): Promise<void> {
    this.#hasLeft = true;
    this.#endTerm();
    await sql`update members set alive_until = 'epoch', draining = true where id = ${this.id}`.execute(this.#db);
    await sql`
      delete from members
      where id = ${this.id} and not exists (select from meeting_leases where holder = ${this.id})`.execute(this.#db);
  }

  async #write(): Promise<void> {
    const aliveUntil = sql`clock_timestamp() + ${COUNTED_MS} * interval '1 ms'`;
    const { numAffectedRows } = await sql`
      update members set alive_until = ${aliveUntil} where id = ${this.id}`.execute(this.#db);
    if (numAffectedRows !== 0n || this.#hasLeft) return;
    const { name, version, address = null } = this.#newcomer;
    await sql`
      insert into members (id, name, version, address, alive_until, draining)
      values (${this.id}, ${name}, ${version}, ${address}, ${aliveUntil}, ${this.#isDraining})
      on conflict (id) do update set alive_until = excluded.alive_until`.execute(this.#db);
  }

  #endTerm(): void {
    this.#termEndsMs = Number.NEGATIVE_INFINITY;
    clearTimeout(this.#alarm);
    this.#term.abort(tooLate());
  }

  #setAlarm(): void {
    clearTimeout(this.#alarm);
    const leftMs = Math.max(0, this.#termEndsMs - this.#nowMs());
    this.#alarm = setTimeout(() => this.isAlive() && this.#setAlarm(), Math.ceil(leftMs));
    this.#alarm.unref(); // the process need not live for it
  }
}

/** Removes the rows of processes that never left: their seats are free then, and their meetings have other owners. */
async function removeLongDead(db: Kysely<JournalTables>): Promise<void> {
  await sql`
    delete from members
    where alive_until < clock_timestamp() - interval '1 day'
    and not exists (select from meeting_leases where holder = members.id)`.execute(db);
}

function tooLate(): StorageError {
  return new StorageError('superseded', 'This process may no longer act: it has not renewed its membership in time.');
}
