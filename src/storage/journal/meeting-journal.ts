import type { Kysely } from 'kysely';
import type { MeetingId, SpeakerId } from '../../core/ids.ts';
import type { MeetingJournal, MeetingLease } from '../../core/ports/journal.ts';
import type { Attendance, Gap, MeetingEnding, Places, PostedAt, SignOfLife, SpeakerTally } from '../../core/record.ts';
import type { FinalSegment, TranslationSegment } from '../../core/segment.ts';
import type { Summary } from '../../core/summary.ts';
import { writeUnderLease } from '../cluster/fence.ts';
import { textUnlessCorrected } from './corrections/corrections.ts';
import type { WriteKind, WriteLanes } from './held-writes.ts';
import { indexSegment, type SearchIndex } from './search/index-texts.ts';
import { inTransaction } from './tables/in-transaction.ts';
import { insertMessage } from './tables/messages.ts';
import { writePlaces } from './tables/places.ts';
import { fromAttendance, fromGap, fromSegment, fromTally, storable } from './tables/rows.ts';
import type { JournalTables } from './tables/schema.ts';
import { writeSign } from './tables/signs.ts';
import { keepMost } from './tables/stage-audience.ts';
import { writeSummary } from './tables/summary.ts';

const BYTES_PER_TALLY = 300;

interface WriteOptions {
  readonly kind?: WriteKind;
  readonly textBytes?: number; // of memory
  readonly beganMs?: number; // of the utterance that is written, which an earlier owner may still finish after a move
}

/** What the journals of all meetings share. */
export interface JournalPen {
  readonly db: Kysely<JournalTables>;
  readonly index: SearchIndex;
  readonly lanes: WriteLanes;
}

/** Writes one meeting into the database. */
export class DatabaseMeetingJournal implements MeetingJournal {
  readonly #id: MeetingId;
  readonly #lease: MeetingLease | undefined;
  readonly #db: Kysely<JournalTables>;
  readonly #index: SearchIndex;
  readonly #lanes: WriteLanes;

  /** @param lease - with one, every write is a transaction that begins by asking whether the meeting is still ours */
  constructor(id: MeetingId, { db, index, lanes }: JournalPen, lease?: MeetingLease) {
    this.#id = id;
    this.#lease = lease;
    this.#db = db;
    this.#index = index;
    this.#lanes = lanes;
  }

  async joined(attendance: Attendance): Promise<void> {
    const row = fromAttendance(this.#id, attendance);
    await this.#write((db) =>
      db
        .insertInto('attendance')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['meeting_id', 'speaker_id', 'joined_ms']).doUpdateSet({ display_name: row.display_name }),
        )
        .execute(),
    );
  }

  async left(speakerId: SpeakerId, leftMs: number): Promise<void> {
    await this.#write((db) =>
      db
        .updateTable('attendance')
        .set({ left_ms: leftMs })
        .where('meeting_id', '=', this.#id)
        .where('speaker_id', '=', speakerId)
        .where('left_ms', 'is', null)
        .execute(),
    );
  }

  async write(segment: FinalSegment | TranslationSegment): Promise<void> {
    const row = fromSegment(this.#id, segment);
    const { meeting_id: _meeting, utterance_id: _utterance, translated_into: _into, ...rest } = row;
    await this.#write(
      (db) =>
        inTransaction(db, async (step) => {
          const { id: segmentId, text } = await step
            .insertInto('segments')
            .values(row)
            .onConflict((conflict) =>
              conflict
                .columns(['meeting_id', 'utterance_id', 'translated_into'])
                .doUpdateSet({ ...rest, text: textUnlessCorrected }),
            )
            .returning(['id', 'text'])
            .executeTakeFirstOrThrow();
          const { guild_id } = await step
            .selectFrom('meetings')
            .select('guild_id')
            .where('id', '=', this.#id)
            .executeTakeFirstOrThrow();
          await indexSegment(step, this.#index, Number(segmentId), guild_id, { ...row, text });
        }),
      { beganMs: segment.startMs, textBytes: 2 * segment.text.length },
    );
  }

  async gap(gap: Gap): Promise<void> {
    const row = fromGap(this.#id, gap);
    await this.#write((db) =>
      db
        .insertInto('gaps')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['meeting_id', 'speaker_id', 'start_ms', 'reason']).doUpdateSet({ end_ms: row.end_ms }),
        )
        .execute(),
    );
  }

  async posted(at: PostedAt): Promise<void> {
    await this.#write((db) => insertMessage(db, this.#id, at), { kind: 'note' });
  }

  async setPlaces(places: Places): Promise<void> {
    await this.#write((db) => writePlaces(db, this.#id, places));
  }

  async retitle(title: string): Promise<void> {
    await this.#write((db) =>
      db
        .updateTable('meetings')
        .set({ title: storable(title) })
        .where('id', '=', this.#id)
        .execute(),
    );
  }

  async tally(tally: SpeakerTally): Promise<void> {
    const { meeting_id, speaker_id, ...sums } = fromTally(this.#id, tally);
    await this.#write((db) =>
      db
        .insertInto('accounts')
        .values({ meeting_id, speaker_id, ...sums })
        .onConflict((conflict) => conflict.columns(['meeting_id', 'speaker_id']).doUpdateSet(sums))
        .execute(),
    );
  }

  async stageAudience(most: number): Promise<void> {
    await this.#write((db) => keepMost(db, this.#id, most));
  }

  async alive(sign: SignOfLife): Promise<void> {
    const textBytes = BYTES_PER_TALLY * (sign.tallies?.length ?? 0);
    await this.#write((db) => writeSign(db, this.#id, sign), { kind: 'sign', textBytes });
  }

  async end(endedMs: number, ending: MeetingEnding): Promise<void> {
    await this.#write((db) =>
      db.updateTable('meetings').set({ ended_ms: endedMs, ending }).where('id', '=', this.#id).execute(),
    );
  }

  async settled(): Promise<void> {
    await this.#write((db) => db.deleteFrom('unsettled').where('meeting_id', '=', this.#id).execute());
  }

  async summarised(summary: Summary, fromFinals: number): Promise<boolean> {
    return this.#write((db) => writeSummary(db, this.#id, summary, fromFinals));
  }

  #write<T>(
    action: (db: Kysely<JournalTables>) => Promise<T>,
    { kind = 'needed', textBytes = 0, beganMs }: WriteOptions = {},
  ): Promise<T> {
    const lease = this.#lease;
    return this.#lanes.write(this.#id, kind, textBytes, () =>
      lease ? writeUnderLease(this.#db, lease, beganMs, action) : action(this.#db),
    );
  }
}
