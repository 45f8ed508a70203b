import type { Kysely } from 'kysely';
import type { Attempts } from '../attempts.ts';
import type { JournalTables } from '../journal/tables/schema.ts';
import type { Membership } from './membership.ts';

/** The tables of who owns what, as one process reads and changes them. Everything is tried again as `Attempts` says. */
export class TableOfOwners {
  readonly membership: Membership;
  readonly #db: Kysely<JournalTables>;
  readonly #attempts: Attempts;

  constructor(db: Kysely<JournalTables>, membership: Membership, attempts: Attempts) {
    this.#db = db;
    this.membership = membership;
    this.#attempts = attempts;
  }

  /** The id of this process. */
  get me(): string {
    return this.membership.id;
  }

  read<T>(ask: (db: Kysely<JournalTables>) => Promise<T>): Promise<T> {
    return this.#attempts.attempt('read', () => ask(this.#db));
  }

  /** For what even a process that counts as dead may write: the token says whether it still holds. */
  write<T>(action: (db: Kysely<JournalTables>) => Promise<T>): Promise<T> {
    return this.#attempts.attempt('write', () => action(this.#db));
  }

  /**
   * Asks the clock before each try: a process that froze does not ask the database for anything.
   *
   * @throws {StorageError} `superseded` when this process may not act
   */
  change<T>(action: (db: Kysely<JournalTables>) => Promise<T>): Promise<T> {
    return this.write((db) => {
      this.membership.mustBeAlive();
      return action(db);
    });
  }
}
