import type { Kysely } from 'kysely';
import type { GuildId, MeetingId } from '../../../core/ids.ts';
import type { MeetingHead, MeetingRecord } from '../../../core/record.ts';
import { inTransaction } from './in-transaction.ts';
import { messagesIn } from './messages.ts';
import { withPlaces, writePlaces } from './places.ts';
import { fromHead, segmentsOf, toAttendance, toEnd, toGap, toHead, toSegment, toTally } from './rows.ts';
import type { JournalTables } from './schema.ts';
import { signOf, writeSign } from './signs.ts';
import { readMost } from './stage-audience.ts';
import { summaryOf } from './summary.ts';

/** Begins a meeting, unsettled; the same head again replaces its title. Of its places only the occasion can be known by then. */
export async function insertMeeting(db: Kysely<JournalTables>, head: MeetingHead): Promise<void> {
  const row = fromHead(head);
  await inTransaction(db, async (step) => {
    await step
      .insertInto('meetings')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ title: row.title }))
      .execute();
    if (head.places?.occasion) await writePlaces(step, head.id, { occasion: head.places.occasion });
    await writeSign(step, head.id);
  });
}

/** Everything that is kept of one meeting. */
export async function recordOf(db: Kysely<JournalTables>, id: MeetingId): Promise<MeetingRecord | undefined> {
  const meeting = await db.selectFrom('meetings').selectAll().where('id', '=', id).executeTakeFirst();
  if (!meeting) return undefined;
  const attendance = await db
    .selectFrom('attendance')
    .selectAll()
    .where('meeting_id', '=', id)
    .orderBy('joined_ms')
    .orderBy('speaker_id')
    .execute();
  const gaps = await db
    .selectFrom('gaps')
    .selectAll()
    .where('meeting_id', '=', id)
    .orderBy('start_ms')
    .orderBy('speaker_id')
    .execute();
  const rows = await segmentsOf(db).where('meeting_id', '=', id).orderBy('start_ms').orderBy('id').execute();
  const segments = rows.map(toSegment);
  const tallies = await db
    .selectFrom('accounts')
    .selectAll()
    .where('meeting_id', '=', id)
    .orderBy('speaker_id')
    .execute();
  const summary = await summaryOf(db, id);
  const lastSign = await signOf(db, id);
  const [head = toHead(meeting)] = await withPlaces(db, [toHead(meeting)]);
  return {
    head,
    ...toEnd(meeting),
    attendance: attendance.map(toAttendance),
    finals: segments.filter((segment) => segment.kind === 'final'),
    translations: segments.filter((segment) => segment.kind === 'translation'),
    gaps: gaps.map(toGap),
    messages: await messagesIn(db, id),
    ...(await readMost(db, id)),
    ...(tallies.length > 0 && { tallies: tallies.map(toTally) }),
    ...(summary && { summary }),
    ...(lastSign && { lastSign }),
  };
}

export async function headOf(db: Kysely<JournalTables>, id: MeetingId): Promise<MeetingHead | undefined> {
  const rows = await db.selectFrom('meetings').selectAll().where('id', '=', id).execute();
  return (await withPlaces(db, rows.map(toHead)))[0];
}

/** A guild's meetings, the newest first. */
export async function newestMeetings(
  db: Kysely<JournalTables>,
  guildId: GuildId,
  limit: number,
): Promise<MeetingHead[]> {
  const rows = await db
    .selectFrom('meetings')
    .selectAll()
    .where('guild_id', '=', guildId)
    .orderBy('began_at_ms', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return withPlaces(db, rows.map(toHead));
}

/** Meetings that were not ended, or not settled, the oldest first. */
export async function unfinishedMeetings(db: Kysely<JournalTables>): Promise<MeetingHead[]> {
  const open = db
    .selectFrom('meetings')
    .selectAll()
    .where(({ eb, or, selectFrom }) =>
      or([eb('ended_ms', 'is', null), eb('id', 'in', selectFrom('unsettled').select('meeting_id'))]),
    )
    .orderBy('began_at_ms');
  return withPlaces(db, (await open.execute()).map(toHead));
}
