import type { MeetingId, SpeakerId } from '../ids.ts';
import type { ApiKeys } from '../programs/keys.ts';
import type {
  Attendance,
  Gap,
  MeetingEnding,
  MeetingHead,
  Places,
  PostedAt,
  SignOfLife,
  SpeakerTally,
} from '../record.ts';
import type { FinalSegment, TranslationSegment } from '../segment.ts';
import type { Summary } from '../summary.ts';
import type { Archive } from './archive.ts';
import type { Sessions } from './sessions.ts';
import type { UsageBook } from './usage-book.ts';

/**
 * Writes down one meeting, in the order of the calls. A write that has resolved survives a crash; the same write again
 * replaces it.
 *
 * While the database is away a write waits in memory, for minutes if need be: whoever cannot wait goes on without.
 */
export interface MeetingJournal {
  /** The same stay (`joinedMs`) again gives the person their new name. */
  joined(attendance: Attendance): Promise<void>;
  left(speakerId: SpeakerId, leftMs: number): Promise<void>;
  write(segment: FinalSegment | TranslationSegment): Promise<void>;
  gap(gap: Gap): Promise<void>;
  /** A message now shows a text; a later message of the same text is added, as long texts span several. */
  posted(at: PostedAt): Promise<void>;
  /** Places that are not given stay as they were; languages are added one by one. */
  setPlaces(places: Places): Promise<void>;
  retitle(title: string): Promise<void>;
  tally(tally: SpeakerTally): Promise<void>;
  /** @param most - the most people who listened to the stage at a time; fewer than are known change nothing */
  stageAudience(most: number): Promise<void>;
  /** The meeting runs, or its last words are on their way. */
  alive(sign: SignOfLife): Promise<void>;
  end(endedMs: number, ending: MeetingEnding): Promise<void>;
  /** Its minutes are out, and nothing is left to do. */
  settled(): Promise<void>;
  /**
   * Keeps what became of the meeting's summary.
   *
   * @param fromFinals - how many finals it was made from: when some have been erased meanwhile, it is not kept
   * @returns whether it was kept
   */
  summarised(summary: Summary, fromFinals: number): Promise<boolean>;
}

/**
 * The right of this process to write one meeting, where several processes share the journal. The token grows with each new
 * owner, so that what an earlier one still writes is known and refused.
 */
export interface MeetingLease {
  readonly meetingId: MeetingId;
  readonly token: bigint;
}

/** Opens the journals of meetings. */
export interface MeetingJournals {
  /** Writes down that a meeting has begun. */
  begin(head: MeetingHead): Promise<MeetingJournal>;
  /**
   * Opens the journal of a meeting that has begun, in this process or another. Reads nothing.
   *
   * @param lease - every write is refused once another process owns the meeting. Missing: this process is the only one
   */
  of(id: MeetingId, lease?: MeetingLease): MeetingJournal;
}

/** What running meetings have written and no database has yet. */
export interface HeldWrites {
  readonly count: number;
  readonly bytes: number; // of memory, about
  readonly isAway: boolean; // the database cannot be reached
}

/** Everything that is kept of meetings, behind one connection to a database. */
export interface Journal extends MeetingJournals, AsyncDisposable {
  readonly archive: Archive;
  readonly usage: UsageBook;
  readonly sessions: Sessions;
  readonly apiKeys: ApiKeys;
  readonly held: HeldWrites;
}
