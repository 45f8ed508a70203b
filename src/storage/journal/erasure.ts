import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { GuildId, MeetingId, SpeakerId } from '../../core/ids.ts';
import { forgetCorrector, meetingsCorrectedBy } from './corrections/corrections.ts';
import { forgetGivenNames } from './corrections/names.ts';
import { messagesWith } from './tables/messages.ts';
import type { JournalTables } from './tables/schema.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const BATCH = 10; // texts: some milliseconds in which SQLite rewrites its index and everything else waits

/** Runs one step, and repeats it when a lock is in the way. Each step is counted once. */
type Attempt = <T>(step: () => Promise<T>) => Promise<T>;

/**
 * Removes one person's words, names, stays, gaps and tallies from a server, and from the full-text index. What they corrected
 * of others' words stays, without their name.
 *
 * @returns how many texts were removed
 */
export async function eraseSpeaker(
  db: Kysely<JournalTables>,
  guildId: GuildId,
  speakerId: SpeakerId,
  attempt: Attempt,
): Promise<number> {
  const ofGuild = db.selectFrom('meetings').select('id').where('guild_id', '=', guildId);
  // A summary may repeat what they said in other words, so meetings that they attended lose theirs.
  const ofTheirs = meetingsWith(db, speakerId);
  const summaries = db.deleteFrom('summaries').where('meeting_id', 'in', ofTheirs).where('meeting_id', 'in', ofGuild);
  await attempt(() => summaries.execute());
  for (const table of ['attendance', 'gaps', 'accounts'] as const) {
    const theirs = db.deleteFrom(table).where('speaker_id', '=', speakerId).where('meeting_id', 'in', ofGuild);
    await attempt(() => theirs.execute());
  }
  await attempt(() => forgetCorrector(db, guildId, speakerId));
  await attempt(() => forgetGivenNames(db, guildId, speakerId));
  const theirs = db
    .selectFrom('segments')
    .select('id')
    .where('speaker_id', '=', speakerId)
    .where('meeting_id', 'in', ofGuild)
    .limit(BATCH);
  return await eraseSegments(db, theirs, attempt);
}

/** The meetings of a server in which somebody spoke, was there or corrected something, the oldest first. */
export async function meetingsOfSpeaker(
  db: Kysely<JournalTables>,
  guildId: GuildId,
  speakerId: SpeakerId,
): Promise<MeetingId[]> {
  const rows = await db
    .selectFrom('meetings')
    .select('id')
    .where('guild_id', '=', guildId)
    .where(({ or, eb }) =>
      or([
        eb('id', 'in', meetingsWith(db, speakerId)),
        eb('id', 'in', meetingsCorrectedBy(db, speakerId)),
        eb('id', 'in', db.selectFrom('given_names').select('meeting_id').where('given_by', '=', speakerId)),
      ]),
    )
    .orderBy('began_at_ms')
    .execute();
  return rows.map(({ id }) => id);
}

function meetingsWith(db: Kysely<JournalTables>, speakerId: SpeakerId) {
  return db
    .selectFrom('segments')
    .select('meeting_id')
    .where('speaker_id', '=', speakerId)
    .union(db.selectFrom('attendance').select('meeting_id').where('speaker_id', '=', speakerId));
}

/**
 * Removes a meeting: its words first, the meeting itself last, so that an interrupted removal can be repeated.
 *
 * @returns how many texts were removed
 */
export async function eraseMeeting(db: Kysely<JournalTables>, id: MeetingId, attempt: Attempt): Promise<number> {
  const texts = db.selectFrom('segments').select('id').where('meeting_id', '=', id).limit(BATCH);
  const count = await eraseSegments(db, texts, attempt);
  await attempt(() => db.deleteFrom('meetings').where('id', '=', id).execute()); // the other tables' rows are removed with it
  return count;
}

/** Meetings that ended longer ago than their server keeps them. */
export async function overdueMeetings(db: Kysely<JournalTables>, now: Date): Promise<MeetingId[]> {
  const rows = await db
    .selectFrom('meetings')
    .innerJoin('retention', 'retention.guild_id', 'meetings.guild_id')
    .select('meetings.id')
    .where(({ eb, ref }) =>
      eb(eb(eb(ref('began_at_ms'), '+', ref('ended_ms')), '+', eb(ref('days'), '*', DAY_MS)), '<', now.getTime()),
    )
    .execute();
  return rows.map(({ id }) => id);
}

/** Removes texts in steps, so that live audio gets its turn in between. The index follows without help. */
async function eraseSegments(
  db: Kysely<JournalTables>,
  batch: SelectQueryBuilder<JournalTables, 'segments', { id: number }>,
  attempt: Attempt,
): Promise<number> {
  for (let count = 0; ; ) {
    const ids = (await attempt(() => batch.execute())).map(({ id }) => Number(id));
    if (ids.length === 0) return count;
    // Messages are found by their texts, so they are removed before them.
    await attempt(() => db.deleteFrom('messages').where('id', 'in', messagesWith(db, ids)).execute());
    const step = db.deleteFrom('segments').where('id', 'in', ids);
    const { numDeletedRows } = await attempt(() => step.executeTakeFirstOrThrow());
    count += Number(numDeletedRows);
    await nextTurn();
  }
}
