import type { Kysely } from 'kysely';
import type { GuildId, MeetingId, SpeakerId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { DiskTrace, Journal, SearchHit, SearchRequest } from '../../core/ports/journal.ts';
import type { DayOfUse } from '../../core/ports/usage-book.ts';
import type {
  Attendance,
  Gap,
  MeetingEnding,
  MeetingHead,
  MeetingRecord,
  Mention,
  MessageOf,
  Places,
  PostedAt,
  SignOfLife,
  SpeakerTally,
} from '../../core/record.ts';
import type { FinalSegment, TranslationSegment } from '../../core/segment.ts';
import type { Summary } from '../../core/summary.ts';
import { type DatabaseKind, parseAddress } from '../address.ts';
import { patiently } from '../patiently.ts';
import { reasonOf, StorageError } from '../storage-error.ts';
import { openJournalDatabase } from './database/database.ts';
import { emptyWriteAheadFile } from './database/write-ahead.ts';
import { eraseMeeting, eraseSpeaker, meetingsOfSpeaker, overdueMeetings } from './erasure.ts';
import { indexSegment, type SearchIndex, searchIndexOf } from './search/index-texts.ts';
import { searchJournal } from './search/search.ts';
import { deleteMention, deleteOldMentions, insertMentions, mentionsOfSpeaker } from './tables/mentions.ts';
import { insertMessage, messagesIn, messagesOfSpeaker } from './tables/messages.ts';
import { withPlaces, writePlaces } from './tables/places.ts';
import {
  fromAttendance,
  fromGap,
  fromHead,
  fromSegment,
  fromTally,
  toAttendance,
  toEnd,
  toGap,
  toHead,
  toSegment,
  toTally,
} from './tables/rows.ts';
import type { JournalTables } from './tables/schema.ts';
import { signOf, writeSign } from './tables/signs.ts';
import { summaryOf, writeSummary } from './tables/summary.ts';
import { addUse, usesSince } from './tables/usage.ts';

/**
 * Opens the account of all meetings, in SQLite or PostgreSQL, and brings its tables up to date.
 *
 * @throws {StorageError} when the address is malformed or nothing usable is behind it
 */
export async function openJournal(url: string, log: Log): Promise<Journal> {
  const closing = new AbortController();
  const address = parseAddress(url, 'transcripts');
  const db = await openJournalDatabase(address, log, closing.signal);
  return new DatabaseJournal(db, address.kind === 'sqlite' ? 'sqlite' : 'postgres', closing);
}

/** Every write may be repeated, so it is, when a lock or a broken connection is in the way. */
class DatabaseJournal implements Journal {
  readonly #db: Kysely<JournalTables>;
  readonly #kind: DatabaseKind;
  readonly #index: SearchIndex;
  readonly #closing: AbortController;

  constructor(db: Kysely<JournalTables>, kind: DatabaseKind, closing: AbortController) {
    this.#db = db;
    this.#kind = kind;
    this.#index = searchIndexOf(kind);
    this.#closing = closing;
  }

  async begin(head: MeetingHead): Promise<void> {
    const row = fromHead(head);
    await this.#try('write', () =>
      this.#db.transaction().execute(async (step) => {
        await step
          .insertInto('meetings')
          .values(row)
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ title: row.title }))
          .execute();
        await writeSign(step, head.id);
      }),
    );
  }

  async alive(id: MeetingId, sign: SignOfLife): Promise<void> {
    await this.#try('write', () => writeSign(this.#db, id, sign));
  }

  async settled(id: MeetingId): Promise<void> {
    await this.#try('write', async () => {
      await this.#db.deleteFrom('unsettled').where('meeting_id', '=', id).execute();
    });
  }

  /** The same stay again gives the person their new name. */
  async joined(id: MeetingId, attendance: Attendance): Promise<void> {
    const row = fromAttendance(id, attendance);
    await this.#try('write', () =>
      this.#db
        .insertInto('attendance')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['meeting_id', 'speaker_id', 'joined_ms']).doUpdateSet({ display_name: row.display_name }),
        )
        .execute(),
    );
  }

  async left(id: MeetingId, speakerId: SpeakerId, leftMs: number): Promise<void> {
    await this.#try('write', () =>
      this.#db
        .updateTable('attendance')
        .set({ left_ms: leftMs })
        .where('meeting_id', '=', id)
        .where('speaker_id', '=', speakerId)
        .where('left_ms', 'is', null)
        .execute(),
    );
  }

  async write(id: MeetingId, segment: FinalSegment | TranslationSegment): Promise<void> {
    const row = fromSegment(id, segment);
    const { meeting_id: _meeting, utterance_id: _utterance, translated_into: _into, ...rest } = row;
    await this.#try('write', () =>
      this.#db.transaction().execute(async (step) => {
        const { id: segmentId } = await step
          .insertInto('segments')
          .values(row)
          .onConflict((conflict) =>
            conflict.columns(['meeting_id', 'utterance_id', 'translated_into']).doUpdateSet(rest),
          )
          .returning('id')
          .executeTakeFirstOrThrow();
        const { guild_id } = await step
          .selectFrom('meetings')
          .select('guild_id')
          .where('id', '=', id)
          .executeTakeFirstOrThrow();
        await indexSegment(step, this.#index, Number(segmentId), guild_id, row);
      }),
    );
  }

  async gap(id: MeetingId, gap: Gap): Promise<void> {
    const row = fromGap(id, gap);
    await this.#try('write', () =>
      this.#db
        .insertInto('gaps')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['meeting_id', 'speaker_id', 'start_ms', 'reason']).doUpdateSet({ end_ms: row.end_ms }),
        )
        .execute(),
    );
  }

  async posted(id: MeetingId, at: PostedAt): Promise<void> {
    await this.#try('write', () => insertMessage(this.#db, id, at));
  }

  async setPlaces(id: MeetingId, places: Places): Promise<void> {
    await this.#try('write', () => writePlaces(this.#db, id, places));
  }

  async messagesOf(guildId: GuildId, speakerId: SpeakerId): Promise<readonly MessageOf[]> {
    return this.#try('read', () => messagesOfSpeaker(this.#db, guildId, speakerId));
  }

  async mentioned(guildId: GuildId, mention: Mention, speakerIds: readonly SpeakerId[]): Promise<void> {
    await this.#try('write', () => insertMentions(this.#db, guildId, mention, speakerIds));
  }

  async mentionsOf(guildId: GuildId, speakerId: SpeakerId): Promise<readonly Mention[]> {
    return this.#try('read', () => mentionsOfSpeaker(this.#db, guildId, speakerId));
  }

  async unmention(mention: Mention, speakerId: SpeakerId): Promise<void> {
    await this.#try('erase', () => deleteMention(this.#db, mention, speakerId));
  }

  async tally(id: MeetingId, tally: SpeakerTally): Promise<void> {
    const { meeting_id, speaker_id, ...sums } = fromTally(id, tally);
    await this.#try('write', () =>
      this.#db
        .insertInto('accounts')
        .values({ meeting_id, speaker_id, ...sums })
        .onConflict((conflict) => conflict.columns(['meeting_id', 'speaker_id']).doUpdateSet(sums))
        .execute(),
    );
  }

  async end(id: MeetingId, endedMs: number, ending: MeetingEnding): Promise<void> {
    await this.#try('write', () =>
      this.#db.updateTable('meetings').set({ ended_ms: endedMs, ending }).where('id', '=', id).execute(),
    );
  }

  async summarised(id: MeetingId, summary: Summary, fromFinals: number): Promise<boolean> {
    return this.#try('write', () => writeSummary(this.#db, id, summary, fromFinals));
  }

  async read(id: MeetingId): Promise<MeetingRecord | undefined> {
    return this.#try('read', async () => {
      const meeting = await this.#db.selectFrom('meetings').selectAll().where('id', '=', id).executeTakeFirst();
      if (!meeting) return undefined;
      const attendance = await this.#db
        .selectFrom('attendance')
        .selectAll()
        .where('meeting_id', '=', id)
        .orderBy('joined_ms')
        .orderBy('speaker_id')
        .execute();
      const gaps = await this.#db
        .selectFrom('gaps')
        .selectAll()
        .where('meeting_id', '=', id)
        .orderBy('start_ms')
        .orderBy('speaker_id')
        .execute();
      const rows = await this.#db
        .selectFrom('segments')
        .selectAll()
        .where('meeting_id', '=', id)
        .orderBy('start_ms')
        .orderBy('id')
        .execute();
      const segments = rows.map(toSegment);
      const tallies = await this.#db
        .selectFrom('accounts')
        .selectAll()
        .where('meeting_id', '=', id)
        .orderBy('speaker_id')
        .execute();
      const summary = await summaryOf(this.#db, id);
      const lastSign = await signOf(this.#db, id);
      const [head = toHead(meeting)] = await withPlaces(this.#db, [toHead(meeting)]);
      return {
        head,
        ...toEnd(meeting),
        attendance: attendance.map(toAttendance),
        finals: segments.filter((segment) => segment.kind === 'final'),
        translations: segments.filter((segment) => segment.kind === 'translation'),
        gaps: gaps.map(toGap),
        messages: await messagesIn(this.#db, id),
        ...(tallies.length > 0 && { tallies: tallies.map(toTally) }),
        ...(summary && { summary }),
        ...(lastSign && { lastSign }),
      };
    });
  }

  async list(guildId: GuildId, limit: number): Promise<readonly MeetingHead[]> {
    return this.#try('read', async () => {
      const rows = await this.#db
        .selectFrom('meetings')
        .selectAll()
        .where('guild_id', '=', guildId)
        .orderBy('began_at_ms', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return withPlaces(this.#db, rows.map(toHead));
    });
  }

  async unfinished(): Promise<readonly MeetingHead[]> {
    return this.#try('read', async () => {
      const open = this.#db
        .selectFrom('meetings')
        .selectAll()
        .where(({ eb, or, selectFrom }) =>
          or([eb('ended_ms', 'is', null), eb('id', 'in', selectFrom('unsettled').select('meeting_id'))]),
        )
        .orderBy('began_at_ms');
      return withPlaces(this.#db, (await open.execute()).map(toHead));
    });
  }

  async search(guildId: GuildId, request: SearchRequest): Promise<readonly SearchHit[]> {
    return this.#try('read', () => searchJournal(this.#db, this.#index, guildId, request));
  }

  async meetingsOf(guildId: GuildId, speakerId: SpeakerId): Promise<readonly MeetingId[]> {
    return this.#try('read', () => meetingsOfSpeaker(this.#db, guildId, speakerId));
  }

  async forget(guildId: GuildId, speakerId: SpeakerId): Promise<number> {
    const count = await this.#try('erase', () => eraseSpeaker(this.#db, guildId, speakerId, this.#patiently));
    await this.wipe();
    return count;
  }

  async erase(id: MeetingId): Promise<number> {
    const count = await this.#erase(id);
    await this.wipe();
    return count;
  }

  async wipe(): Promise<DiskTrace> {
    if (this.#kind === 'postgres') return 'dead rows';
    const isEmpty = await this.#try('erase', () => emptyWriteAheadFile(this.#db, this.#closing.signal));
    return isEmpty ? 'none' : 'write-ahead file';
  }

  async keepDays(guildId: GuildId): Promise<number | undefined> {
    const row = await this.#try('read', () =>
      this.#db.selectFrom('retention').select('days').where('guild_id', '=', guildId).executeTakeFirst(),
    );
    return row?.days;
  }

  async setKeepDays(guildId: GuildId, days: number | undefined): Promise<void> {
    if (days !== undefined && !(days > 0))
      throw new RangeError(`Cannot keep meetings as the time is no time: ${days} days`);
    const change =
      days === undefined
        ? this.#db.deleteFrom('retention').where('guild_id', '=', guildId)
        : this.#db
            .insertInto('retention')
            .values({ guild_id: guildId, days })
            .onConflict((conflict) => conflict.column('guild_id').doUpdateSet({ days }));
    await this.#try('write', async () => void (await change.execute()));
  }

  async addUse(guildId: GuildId, use: DayOfUse): Promise<void> {
    await this.#try('write', () => addUse(this.#db, guildId, use));
  }

  async usesSince(guildId: GuildId, day: string): Promise<readonly DayOfUse[]> {
    return this.#try('read', () => usesSince(this.#db, guildId, day));
  }

  async expire(now: Date, signal: AbortSignal): Promise<number> {
    const overdue = await this.#try('read', () => overdueMeetings(this.#db, now));
    for (const id of overdue) {
      signal.throwIfAborted();
      await this.#erase(id);
    }
    await this.#try('erase', () => deleteOldMentions(this.#db, now));
    return overdue.length;
  }

  #erase(id: MeetingId): Promise<number> {
    return this.#try('erase', () => eraseMeeting(this.#db, id, this.#patiently));
  }

  readonly #patiently = <T>(action: () => Promise<T>): Promise<T> => patiently(action, this.#closing.signal);

  async #try<T>(verb: 'read' | 'write' | 'erase', action: () => Promise<T>): Promise<T> {
    try {
      return await this.#patiently(action);
    } catch (error) {
      throw new StorageError('failed', `Cannot ${verb} the transcripts: ${reasonOf(error)}.`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#db.destroy();
  }
}
