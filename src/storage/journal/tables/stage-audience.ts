import type { Kysely } from 'kysely';
import type { MeetingId } from '../../../core/ids.ts';
import type { JournalTables } from './schema.ts';

/** Keeps how many people listened to a stage at a time, if they were never more. */
export async function keepMost(db: Kysely<JournalTables>, id: MeetingId, most: number): Promise<void> {
  await db
    .insertInto('stage_audiences')
    .values({ meeting_id: id, most })
    .onConflict((conflict) =>
      conflict.column('meeting_id').doUpdateSet({ most }).where('stage_audiences.most', '<', most),
    )
    .execute();
}

/** The most people who listened to a stage at a time; an empty object where there was none. */
export async function readMost(db: Kysely<JournalTables>, id: MeetingId): Promise<{ stageAudience?: number }> {
  const row = await db.selectFrom('stage_audiences').select('most').where('meeting_id', '=', id).executeTakeFirst();
  return row ? { stageAudience: row.most } : {};
}
