import type { GuildId, MeetingId, SpeakerId } from '../ids.ts';
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
} from '../record.ts';
import type { FinalSegment, TranslationSegment } from '../segment.ts';
import type { Glossary } from '../settings.ts';
import type { Summary } from '../summary.ts';
import type { UsageBook } from './usage-book.ts';

/**
 * What of erased words can still be read in the database's own files: nothing; what stands in SQLite's write-ahead file
 * while somebody else reads the database; the rows that PostgreSQL keeps until its next vacuum.
 */
export type DiskTrace = 'none' | 'write-ahead file' | 'dead rows';

/** The durable account of meetings. A write that has resolved survives a crash; the same write again replaces it. */
export interface Journal extends AsyncDisposable, UsageBook {
  begin(head: MeetingHead): Promise<void>;
  /** The same stay (`joinedMs`) again gives the person their new name. */
  joined(id: MeetingId, attendance: Attendance): Promise<void>;
  left(id: MeetingId, speakerId: SpeakerId, leftMs: number): Promise<void>;
  write(id: MeetingId, segment: FinalSegment | TranslationSegment): Promise<void>;
  gap(id: MeetingId, gap: Gap): Promise<void>;
  /** A text stands in a message now; a later message of the same text is added, as long ones span several. */
  posted(id: MeetingId, at: PostedAt): Promise<void>;
  /** What is not given stays as it was; languages are added one by one. */
  setPlaces(id: MeetingId, places: Places): Promise<void>;
  tally(id: MeetingId, tally: SpeakerTally): Promise<void>;
  /** The meeting runs, or its last words are on their way. */
  alive(id: MeetingId, sign: SignOfLife): Promise<void>;
  end(id: MeetingId, endedMs: number, ending: MeetingEnding): Promise<void>;
  /** Its minutes are out, and nothing is left to do. */
  settled(id: MeetingId): Promise<void>;
  /**
   * Keeps what became of a meeting's summary.
   *
   * @param fromFinals - how many finals it was made from: when some have been erased meanwhile, it is not kept
   * @returns whether it was kept
   */
  summarised(id: MeetingId, summary: Summary, fromFinals: number): Promise<boolean>;
  read(id: MeetingId): Promise<MeetingRecord | undefined>;
  /** Newest first; meetings that still run are among them. */
  list(guildId: GuildId, limit: number): Promise<readonly MeetingHead[]>;
  /** Meetings that were not ended, or not settled, after a crash. */
  unfinished(): Promise<readonly MeetingHead[]>;
  /** Texts of a guild's meetings in which something stands, the newest first; an utterance once. */
  search(guildId: GuildId, request: SearchRequest): Promise<readonly SearchHit[]>;
  /** Where one person's words stand, once a message: to be asked before `forget`. */
  messagesOf(guildId: GuildId, speakerId: SpeakerId): Promise<readonly MessageOf[]>;
  /** A message of ours names these members or holds their words. */
  mentioned(guildId: GuildId, mention: Mention, speakerIds: readonly SpeakerId[]): Promise<void>;
  /** Where one person is named, or their words stand, besides transcripts and minutes; the oldest first. */
  mentionsOf(guildId: GuildId, speakerId: SpeakerId): Promise<readonly Mention[]>;
  /** They stand there no more. */
  unmention(mention: Mention, speakerId: SpeakerId): Promise<void>;
  /** The meetings in which one person spoke or was there, the oldest first. */
  meetingsOf(guildId: GuildId, speakerId: SpeakerId): Promise<readonly MeetingId[]>;
  /** Removes one person's words, stays and gaps everywhere; returns how many segments went. */
  forget(guildId: GuildId, speakerId: SpeakerId): Promise<number>;
  /** Removes a meeting that is over, and everything in it; returns how many segments went. */
  erase(id: MeetingId): Promise<number>;
  /** Overwrites on the disk what was erased, as far as that can be now; to be tried again for a write-ahead file. */
  wipe(): Promise<DiskTrace>;
  /** How many days a guild's meetings are kept after their end; `undefined`: for good. */
  keepDays(guildId: GuildId): Promise<number | undefined>;
  setKeepDays(guildId: GuildId, days: number | undefined): Promise<void>;
  /** Removes the meetings that by now are older than their guild wants; returns how many. To be followed by `wipe`. */
  expire(now: Date, signal: AbortSignal): Promise<number>;
}

export interface SearchRequest {
  readonly query: string; // as typed: all of the words, in any order, by their beginnings; "in quotes" as they stand
  readonly speakerId?: SpeakerId;
  readonly since?: Date;
  readonly language?: string; // of the text that is found: what was spoken, or a translation
  readonly limit: number;
  readonly glossary?: Glossary; // its terms are looked for as they are heard, too, and what is found is shown in its words
  /** Asked for every meeting in which something was found. */
  readonly mayRead?: (meeting: MeetingHead) => boolean | Promise<boolean>;
}

export interface SearchHit {
  readonly meeting: MeetingHead;
  readonly segment: FinalSegment | TranslationSegment;
  readonly speakerName?: string; // missing when nobody saw them come
  readonly postedAt?: PostedAt; // its first message, in the thread of its language where there is one; missing when not known
  readonly matches: readonly { readonly start: number; readonly end: number }[]; // in the text, in order
}
