import type { Kysely } from 'kysely';
import type { GuildId } from '../../../core/ids.ts';
import type { DayOfUse } from '../../../core/ports/usage-book.ts';
import type { JournalTables } from './schema.ts';

export async function addUse(db: Kysely<JournalTables>, guildId: GuildId, use: DayOfUse): Promise<void> {
  const { day, kind, sentMs } = use;
  await db
    .insertInto('usage')
    .values({ guild_id: guildId, day, kind, sent_ms: sentMs })
    .onConflict((conflict) =>
      conflict
        .columns(['guild_id', 'day', 'kind'])
        .doUpdateSet(({ eb, ref }) => ({ sent_ms: eb('usage.sent_ms', '+', ref('excluded.sent_ms')) })),
    )
    .execute();
}

export async function usesSince(db: Kysely<JournalTables>, guildId: GuildId, day: string): Promise<DayOfUse[]> {
  const rows = await db
    .selectFrom('usage')
    .select(['day', 'kind', 'sent_ms'])
    .where('guild_id', '=', guildId)
    .where('day', '>=', day)
    .orderBy('day')
    .orderBy('kind')
    .execute();
  return rows.map(({ sent_ms, ...use }) => ({ ...use, sentMs: sent_ms }));
}
