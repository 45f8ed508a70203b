import { type Kysely, sql } from 'kysely';
import type { MeetingId } from '../../../core/ids.ts';
import type { GrowingRecords, RecordGrowth } from '../../../core/ports/cluster/record-growth.ts';
import type { Attempts } from '../../attempts.ts';
import { segmentsOf, toAttendance, toHead, toSegment } from '../../journal/tables/rows.ts';
import type { JournalTables } from '../../journal/tables/schema.ts';

/** The records of meetings that any process of the cluster runs. */
export class SharedRecords implements GrowingRecords {
  readonly #db: Kysely<JournalTables>;
  readonly #attempts: Attempts;

  constructor(db: Kysely<JournalTables>, attempts: Attempts) {
    this.#db = db;
    this.#attempts = attempts;
  }

  async readSince(meetingId: MeetingId, after: number): Promise<RecordGrowth | undefined> {
    return this.#attempts.attempt('read', () => growthOf(this.#db, meetingId, after));
  }
}

async function growthOf(db: Kysely<JournalTables>, id: MeetingId, after: number): Promise<RecordGrowth | undefined> {
  // First, so that the texts of a meeting that is over are all there when they are read.
  const { rows: running } = await sql`
    select from meeting_leases where meeting_id = ${id} and running`.execute(db);
  const meeting = await db.selectFrom('meetings').selectAll().where('id', '=', id).executeTakeFirst();
  if (!meeting) return undefined;
  const attendance = await db.selectFrom('attendance').selectAll().where('meeting_id', '=', id).execute();
  const rows = await segmentsOf(db)
    .where('meeting_id', '=', id)
    .where('id', '>', after)
    .orderBy('start_ms')
    .orderBy('id')
    .execute();
  const segments = rows.map(toSegment);
  return {
    head: toHead(meeting),
    attendance: attendance.map(toAttendance),
    finals: segments.filter((segment) => segment.kind === 'final'),
    translations: segments.filter((segment) => segment.kind === 'translation'),
    upTo: rows.reduce((newest, row) => Math.max(newest, Number(row.id)), after),
    isOver: running.length === 0,
  };
}
