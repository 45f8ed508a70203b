import type { Kysely } from 'kysely';
import type { GuildId } from '../../../core/ids.ts';
import type { JournalTables } from './schema.ts';

/** How many days a guild's meetings are kept after their end; `undefined`: for good. */
export async function daysKept(db: Kysely<JournalTables>, guildId: GuildId): Promise<number | undefined> {
  const row = await db.selectFrom('retention').select('days').where('guild_id', '=', guildId).executeTakeFirst();
  return row?.days;
}

export async function writeDaysKept(
  db: Kysely<JournalTables>,
  guildId: GuildId,
  days: number | undefined,
): Promise<void> {
  const change =
    days === undefined
      ? db.deleteFrom('retention').where('guild_id', '=', guildId)
      : db
          .insertInto('retention')
          .values({ guild_id: guildId, days })
          .onConflict((conflict) => conflict.column('guild_id').doUpdateSet({ days }));
  await change.execute();
}
