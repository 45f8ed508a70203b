import type { CorrectionRequest, KeptCorrection } from '../correcting/correction.ts';
import type { ChannelId, GuildId, MeetingId, MessageId, SpeakerId } from '../ids.ts';
import type { MeetingPlace } from '../programs/rights.ts';
import type { MeetingHead, MeetingRecord, Mention, MessageOf, PostedAt, Renaming } from '../record.ts';
import type { FinalSegment, TranslationSegment } from '../segment.ts';
import type { Glossary } from '../settings.ts';

/**
 * What of erased words can still be read in the database's own files: nothing; what is left in SQLite's write-ahead file
 * while somebody else reads the database; the rows that PostgreSQL keeps until its next vacuum.
 */
export type DiskTrace = 'none' | 'write-ahead file' | 'dead rows';

/** Reads, searches and erases what the journals of all meetings hold, and keeps it as long as each guild wants. */
export interface Archive {
  read(id: MeetingId): Promise<MeetingRecord | undefined>;
  head(id: MeetingId): Promise<MeetingHead | undefined>;
  /** Newest first; meetings that still run are among them. */
  list(guildId: GuildId, limit: number): Promise<readonly MeetingHead[]>;
  /** The channels in which meetings of these guilds are written, each with one of its meetings; the one used last first. */
  channelsOf(guildIds: readonly GuildId[], limit: number): Promise<readonly MeetingChannel[]>;
  /**
   * The meetings that are written in these channels, in whichever guilds; newest first.
   *
   * @param before - only those that come after this one
   */
  listIn(
    channels: readonly MeetingChannel[],
    limit: number,
    before?: Pick<MeetingHead, 'id' | 'beganAt'>,
  ): Promise<readonly ListedMeeting[]>;
  /** The places in which meetings of a guild are held and written; the one used last first. */
  placesOf(guildId: GuildId, limit: number): Promise<readonly MeetingPlace[]>;
  /** The meetings of a guild that were held in these places or started by one person; newest first. */
  listAt(guildId: GuildId, wanted: ListRequest): Promise<readonly ListedMeeting[]>;
  /** Meetings that were not ended, or not settled, after a crash. */
  unfinished(): Promise<readonly MeetingHead[]>;
  /** Texts of a guild's meetings that match the request, the newest first; an utterance once. */
  search(guildId: GuildId, request: SearchRequest): Promise<readonly SearchHit[]>;
  /** The messages that show one person's words, each once: to be asked before `forget`. */
  messagesOf(guildId: GuildId, speakerId: SpeakerId): Promise<readonly MessageOf[]>;
  /** What a message of a guild's transcripts shows; `undefined` for any other message. */
  shownIn(guildId: GuildId, messageId: MessageId): Promise<ShownInMessage | undefined>;
  /** A message of the bot names these members or holds their words. */
  mentioned(guildId: GuildId, mention: Mention, speakerIds: readonly SpeakerId[]): Promise<void>;
  /** Messages besides transcripts and minutes that name one person or hold their words; the oldest first. */
  mentionsOf(guildId: GuildId, speakerId: SpeakerId): Promise<readonly Mention[]>;
  /** The message no longer names the person or holds their words. */
  unmention(mention: Mention, speakerId: SpeakerId): Promise<void>;
  /** The meetings in which one person spoke, was there or corrected something, the oldest first. */
  meetingsOf(guildId: GuildId, speakerId: SpeakerId): Promise<readonly MeetingId[]>;
  /** Removes one person's words, stays and gaps everywhere, and that they corrected something; returns how many segments it removed. */
  forget(guildId: GuildId, speakerId: SpeakerId): Promise<number>;
  /**
   * Puts the text of a final right, and keeps who did so, when, and what was recognised. Whoever shows the meeting has to
   * be told. Of two corrections of the same text the later one is refused.
   */
  correct(request: CorrectionRequest): Promise<KeptCorrection>;
  /** Puts the name of somebody right in a meeting that is over: what Discord showed is kept beside it. */
  rename(id: MeetingId, speakerId: SpeakerId, renaming: Renaming): Promise<void>;
  /** Removes a meeting that is over, and everything in it; returns how many segments it removed. */
  erase(id: MeetingId): Promise<number>;
  /** Overwrites erased words on the disk, as far as that is possible now; call it again for a write-ahead file. */
  wipe(): Promise<DiskTrace>;
  /** How many days a guild's meetings are kept after their end; `undefined`: for good. */
  keepDays(guildId: GuildId): Promise<number | undefined>;
  /** @throws {RangeError} when the number of days is not positive */
  setKeepDays(guildId: GuildId, days: number | undefined): Promise<void>;
  /**
   * Removes the meetings that are older than their guild wants by now, and sessions and keys that are over. Call `wipe` afterwards.
   *
   * @returns how many meetings
   */
  expire(now: Date, signal: AbortSignal): Promise<number>;
}

/** A channel in which meetings are written. Whoever may read one of them there may read all of them there. */
export interface MeetingChannel {
  readonly guildId: GuildId;
  readonly textChannelId: ChannelId;
  readonly meetingId: MeetingId; // of one of them
}

export interface ListRequest {
  readonly places: readonly MeetingPlace[];
  readonly startedBy: SpeakerId;
  readonly limit: number;
  readonly before?: Pick<MeetingHead, 'id' | 'beganAt'>; // only those that come after this one in the list
  readonly since?: Date; // only those that began then or later
}

/** The utterances in one message of a transcript, in the order of posting. */
export interface ShownInMessage {
  readonly meetingId: MeetingId;
  readonly utteranceIds: readonly string[];
  readonly language?: string; // of the language's own thread
}

export interface ListedMeeting {
  readonly head: MeetingHead;
  readonly endedMs?: number; // missing while it runs
}

export interface SearchRequest {
  readonly query: string; // as typed: all of the words, in any order, by their beginnings; "in quotes" exactly as written
  readonly speakerId?: SpeakerId;
  readonly since?: Date;
  readonly meetingId?: MeetingId; // only what was said in this meeting
  readonly language?: string; // of the text that is found: what was spoken, or a translation
  readonly limit: number;
  readonly glossary?: Glossary; // its terms are also searched for as they are heard, and matches are shown in its words
  /** Asked for every meeting that has matches. */
  readonly mayRead?: (meeting: MeetingHead) => boolean | Promise<boolean>;
}

export interface SearchHit {
  readonly meeting: MeetingHead;
  readonly segment: FinalSegment | TranslationSegment;
  readonly speakerName?: string; // missing when nobody saw the speaker join
  readonly postedAt?: PostedAt; // its first message, in the thread of its language where there is one; missing when unknown
  readonly matches: readonly { readonly start: number; readonly end: number }[]; // in the text, in order
}
