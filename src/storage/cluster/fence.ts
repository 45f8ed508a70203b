import { type Kysely, sql } from 'kysely';
import type { MeetingLease } from '../../core/ports/journal.ts';
import type { JournalTables } from '../journal/tables/schema.ts';
import { StorageError } from '../storage-error.ts';
import { limitIdleTime } from './idle-limit.ts';

/**
 * Writes in a transaction in which the meeting stays ours until the commit.
 *
 * The row is locked `for share`, which waits for a claim's update and holds it up (`for key share` would not). So the write
 * either commits before the claim or finds the new token: there is no time between.
 *
 * @param beganMs - when the utterance began that is written, since the meeting began. An owner that handed the meeting over
 *   still writes for some seconds what was said before (the tail right). Missing: only the owner may write.
 * @throws {StorageError} `superseded` when another process owns the meeting by now
 */
export function writeUnderLease<T>(
  db: Kysely<JournalTables>,
  { meetingId, token }: MeetingLease,
  beganMs: number | undefined,
  write: (step: Kysely<JournalTables>) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (step) => {
    const { rows } = await sql`
      select ${limitIdleTime()}
      from meeting_leases
      where meeting_id = ${meetingId} and (
        token = ${token}
        or (tail_token = ${token} and tail_until > clock_timestamp() and ${beganMs ?? null}::float8 < moved_at_ms)
      )
      for share`.execute(step);
    if (rows.length === 0) {
      throw new StorageError('superseded', 'Cannot write the transcripts: another process owns the meeting by now.');
    }
    return await write(step);
  });
}
