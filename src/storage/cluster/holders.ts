import { type Kysely, sql } from 'kysely';
import type { GuildId, MeetingId } from '../../core/ids.ts';
import type { MeetingHolders } from '../../core/ports/cluster/holders.ts';
import type { Attempts } from '../attempts.ts';
import type { JournalTables } from '../journal/tables/schema.ts';
import { isAlive } from './alive.ts';

/** Which processes have meetings, as their leases say. */
export class LeaseHolders implements MeetingHolders {
  readonly #db: Kysely<JournalTables>;
  readonly #attempts: Attempts;

  constructor(db: Kysely<JournalTables>, attempts: Attempts) {
    this.#db = db;
    this.#attempts = attempts;
  }

  async holdersOf(guildId: GuildId): Promise<readonly string[]> {
    return this.#attempts.attempt('read', async () => {
      const { rows } = await sql<{ holder: string }>`
        select distinct holder from meeting_leases
        where guild_id = ${guildId} and ${isAlive(sql`holder`)}`.execute(this.#db);
      return rows.map(({ holder }) => holder);
    });
  }

  async isRunning(meetingId: MeetingId): Promise<boolean> {
    return this.#attempts.attempt('read', async () => {
      const { rows } = await sql`
        select from meeting_leases where meeting_id = ${meetingId} and running`.execute(this.#db);
      return rows.length > 0;
    });
  }
}
