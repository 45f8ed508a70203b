import type { Kysely } from 'kysely';
import type { CorrectionRequest, KeptCorrection } from '../../core/correcting/correction.ts';
import type { GuildId, MeetingId, MessageId, SpeakerId } from '../../core/ids.ts';
import type {
  Archive,
  DiskTrace,
  ListedMeeting,
  ListRequest,
  MeetingChannel,
  SearchHit,
  SearchRequest,
  ShownInMessage,
} from '../../core/ports/archive.ts';
import type { MeetingPlace } from '../../core/programs/rights.ts';
import type { MeetingHead, MeetingRecord, Mention, MessageOf, Renaming } from '../../core/record.ts';
import type { DatabaseKind } from '../address.ts';
import type { Attempts } from '../attempts.ts';
import { deleteOldKeys } from './api-keys.ts';
import { keepCorrection } from './corrections/corrections.ts';
import { withGivenNames, writeGivenName } from './corrections/names.ts';
import { emptyWriteAheadFile } from './database/write-ahead.ts';
import { eraseMeeting, eraseSpeaker, meetingsOfSpeaker, overdueMeetings } from './erasure.ts';
import type { SearchIndex } from './search/index-texts.ts';
import { searchJournal } from './search/search.ts';
import { channelsOfGuilds, meetingsAt, meetingsInChannels, placesOfGuild } from './tables/channels.ts';
import { headOf, newestMeetings, recordOf, unfinishedMeetings } from './tables/meetings.ts';
import { deleteMention, deleteOldMentions, insertMentions, mentionsOfSpeaker } from './tables/mentions.ts';
import { messagesOfSpeaker, shownInMessage } from './tables/messages.ts';
import { daysKept, writeDaysKept } from './tables/retention.ts';
import type { JournalTables } from './tables/schema.ts';
import { deleteSessions } from './tables/sessions.ts';

/** Reads, searches and erases what the database holds of all meetings. */
export class DatabaseArchive implements Archive {
  readonly #db: Kysely<JournalTables>;
  readonly #kind: DatabaseKind;
  readonly #index: SearchIndex;
  readonly #attempts: Attempts;

  constructor(db: Kysely<JournalTables>, kind: DatabaseKind, index: SearchIndex, attempts: Attempts) {
    this.#db = db;
    this.#kind = kind;
    this.#index = index;
    this.#attempts = attempts;
  }

  async read(id: MeetingId): Promise<MeetingRecord | undefined> {
    return this.#attempts.attempt('read', async () => {
      const record = await recordOf(this.#db, id);
      return record && { ...record, attendance: await withGivenNames(this.#db, id, record.attendance) };
    });
  }

  async head(id: MeetingId): Promise<MeetingHead | undefined> {
    return this.#attempts.attempt('read', () => headOf(this.#db, id));
  }

  async channelsOf(guildIds: readonly GuildId[], limit: number): Promise<readonly MeetingChannel[]> {
    return this.#attempts.attempt('read', () => channelsOfGuilds(this.#db, guildIds, limit));
  }

  async listIn(
    channels: readonly MeetingChannel[],
    limit: number,
    before?: Pick<MeetingHead, 'id' | 'beganAt'>,
  ): Promise<readonly ListedMeeting[]> {
    return this.#attempts.attempt('read', () => meetingsInChannels(this.#db, channels, limit, before));
  }

  async placesOf(guildId: GuildId, limit: number): Promise<readonly MeetingPlace[]> {
    return this.#attempts.attempt('read', () => placesOfGuild(this.#db, guildId, limit));
  }

  async listAt(guildId: GuildId, wanted: ListRequest): Promise<readonly ListedMeeting[]> {
    return this.#attempts.attempt('read', () => meetingsAt(this.#db, guildId, wanted));
  }

  async list(guildId: GuildId, limit: number): Promise<readonly MeetingHead[]> {
    return this.#attempts.attempt('read', () => newestMeetings(this.#db, guildId, limit));
  }

  async unfinished(): Promise<readonly MeetingHead[]> {
    return this.#attempts.attempt('read', () => unfinishedMeetings(this.#db));
  }

  async search(guildId: GuildId, request: SearchRequest): Promise<readonly SearchHit[]> {
    return this.#attempts.attempt('read', () => searchJournal(this.#db, this.#index, guildId, request));
  }

  async messagesOf(guildId: GuildId, speakerId: SpeakerId): Promise<readonly MessageOf[]> {
    return this.#attempts.attempt('read', () => messagesOfSpeaker(this.#db, guildId, speakerId));
  }

  async shownIn(guildId: GuildId, messageId: MessageId): Promise<ShownInMessage | undefined> {
    return this.#attempts.attempt('read', () => shownInMessage(this.#db, guildId, messageId));
  }

  async mentioned(guildId: GuildId, mention: Mention, speakerIds: readonly SpeakerId[]): Promise<void> {
    await this.#attempts.attempt('write', () => insertMentions(this.#db, guildId, mention, speakerIds));
  }

  async mentionsOf(guildId: GuildId, speakerId: SpeakerId): Promise<readonly Mention[]> {
    return this.#attempts.attempt('read', () => mentionsOfSpeaker(this.#db, guildId, speakerId));
  }

  async unmention(mention: Mention, speakerId: SpeakerId): Promise<void> {
    await this.#attempts.attempt('erase', () => deleteMention(this.#db, mention, speakerId));
  }

  async meetingsOf(guildId: GuildId, speakerId: SpeakerId): Promise<readonly MeetingId[]> {
    return this.#attempts.attempt('read', () => meetingsOfSpeaker(this.#db, guildId, speakerId));
  }

  async correct(request: CorrectionRequest): Promise<KeptCorrection> {
    return this.#attempts.attempt('write', () => keepCorrection(this.#db, this.#index, request));
  }

  async rename(id: MeetingId, speakerId: SpeakerId, renaming: Renaming): Promise<void> {
    await this.#attempts.attempt('write', () => writeGivenName(this.#db, id, speakerId, renaming));
  }

  async forget(guildId: GuildId, speakerId: SpeakerId): Promise<number> {
    const count = await this.#attempts.attempt('erase', () =>
      eraseSpeaker(this.#db, guildId, speakerId, this.#attempts.patiently),
    );
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
    const isEmpty = await this.#attempts.attempt('erase', () => emptyWriteAheadFile(this.#db, this.#attempts.closing));
    return isEmpty ? 'none' : 'write-ahead file';
  }

  async keepDays(guildId: GuildId): Promise<number | undefined> {
    return this.#attempts.attempt('read', () => daysKept(this.#db, guildId));
  }

  async setKeepDays(guildId: GuildId, days: number | undefined): Promise<void> {
    if (days !== undefined && !(days > 0))
      throw new RangeError(`Cannot keep meetings as the number of days is not positive: ${days}`);
    await this.#attempts.attempt('write', () => writeDaysKept(this.#db, guildId, days));
  }

  async expire(now: Date, signal: AbortSignal): Promise<number> {
    const overdue = await this.#attempts.attempt('read', () => overdueMeetings(this.#db, now));
    for (const id of overdue) {
      signal.throwIfAborted();
      await this.#erase(id);
    }
    await this.#attempts.attempt('erase', () => deleteOldMentions(this.#db, now));
    await this.#attempts.attempt('erase', () => deleteSessions(this.#db, { overAtMs: now.getTime() }));
    await this.#attempts.attempt('erase', () => deleteOldKeys(this.#db, now));
    return overdue.length;
  }

  #erase(id: MeetingId): Promise<number> {
    return this.#attempts.attempt('erase', () => eraseMeeting(this.#db, id, this.#attempts.patiently));
  }
}
