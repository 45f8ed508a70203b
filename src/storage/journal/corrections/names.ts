import type { Kysely, Selectable } from 'kysely';
import type { GuildId, MeetingId, SpeakerId } from '../../../core/ids.ts';
import type { Attendance, Renaming } from '../../../core/record.ts';
import { storable } from '../tables/rows.ts';
import type { JournalTables } from '../tables/schema.ts';

/** Gives a speaker another name in one meeting, in place of an earlier one that was given. */
export async function writeGivenName(
  db: Kysely<JournalTables>,
  id: MeetingId,
  speakerId: SpeakerId,
  { name, byId, byName, atMs }: Renaming,
): Promise<void> {
  const given = { name: storable(name), given_by: byId, given_by_name: storable(byName), given_at_ms: atMs };
  await db
    .insertInto('given_names')
    .values({ meeting_id: id, speaker_id: speakerId, ...given })
    .onConflict((conflict) => conflict.columns(['meeting_id', 'speaker_id']).doUpdateSet(given))
    .execute();
}

/** The stays under the names that were given; what Discord showed stays beside them. */
export async function withGivenNames(
  db: Kysely<JournalTables>,
  id: MeetingId,
  attendance: readonly Attendance[],
): Promise<readonly Attendance[]> {
  const rows = await db.selectFrom('given_names').selectAll().where('meeting_id', '=', id).execute();
  if (rows.length === 0) return attendance;
  const bySpeaker = new Map(rows.map((row) => [row.speaker_id, row]));
  return attendance.map((stay) => {
    const row = bySpeaker.get(stay.speakerId);
    return row ? { ...stay, displayName: row.name, renamed: toRenamed(stay.displayName, row) } : stay;
  });
}

function toRenamed(from: string, row: Selectable<JournalTables['given_names']>): NonNullable<Attendance['renamed']> {
  return { from, byId: row.given_by, byName: row.given_by_name, atMs: row.given_at_ms };
}

/** Forgets the names that somebody was given, and who it was that gave names to others. */
export async function forgetGivenNames(
  db: Kysely<JournalTables>,
  guildId: GuildId,
  personId: SpeakerId,
): Promise<void> {
  const ofGuild = db.selectFrom('meetings').select('id').where('guild_id', '=', guildId);
  await db.deleteFrom('given_names').where('speaker_id', '=', personId).where('meeting_id', 'in', ofGuild).execute();
  await db
    .updateTable('given_names')
    .set({ given_by: '', given_by_name: '' })
    .where('given_by', '=', personId)
    .where('meeting_id', 'in', ofGuild)
    .execute();
}
