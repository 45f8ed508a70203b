import { type Kysely, sql } from 'kysely';
import type { JournalTables } from '../journal/tables/schema.ts';

const COUNT_MS = 5_000;

/** How many processes of the bot are alive, counted every five seconds. While the database is away the last count holds. */
export class FleetSize implements Disposable {
  readonly #db: Kysely<JournalTables>;
  readonly #timer: NodeJS.Timeout;
  #processes = 1;

  constructor(db: Kysely<JournalTables>) {
    this.#db = db;
    this.#timer = setInterval(() => void this.#recount(), COUNT_MS).unref();
  }

  /** At least this one. */
  get processes(): number {
    return this.#processes;
  }

  /** Counts now. @throws as the database does */
  async count(): Promise<number> {
    const { rows } = await sql<{ count: string }>`
      select count(*) from members where alive_until > clock_timestamp()`.execute(this.#db);
    this.#processes = Math.max(1, Number(rows[0]?.count));
    return this.#processes;
  }

  async #recount(): Promise<void> {
    await this.count().catch(() => {}); // the renewals tell people that the database is away
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
