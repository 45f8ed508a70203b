import type { Consent } from '../consent.ts';
import type { ShownCorrection } from '../correcting/correction.ts';
import type { ChannelId, GuildId, MeetingId, SpeakerId } from '../ids.ts';
import type { Notice } from '../notice.ts';
import type { MeetingEnding, MeetingHead, MeetingRecord, Occasion } from '../record.ts';
import type { TranscriptSegment } from '../segment.ts';
import type { TranscriptStyle } from '../settings.ts';
import type { Person } from './people.ts';
import type { SttOptions, SttStatus } from './speech-to-text.ts';
import type { SpeakerReception } from './voice.ts';

export interface StartRequest {
  readonly guildId: GuildId;
  readonly voiceChannelId: ChannelId;
  readonly voiceChannelName: string;
  readonly occasion?: Occasion; // gives the meeting its title; missing: that is the channel's name
  readonly textChannelId: ChannelId;
  readonly startedBy: SpeakerId;
  readonly spoken?: string; // for this meeting, instead of the guild's
}

export interface SpeakerStatus {
  readonly person: Person;
  readonly consent: Consent;
  readonly isUnreadable?: boolean; // undecryptable packets have come for long enough that people were told
  readonly isTooQuiet?: boolean; // audio has been below the level of speech for long enough that people were told
  readonly reception?: SpeakerReception; // missing until they are first heard
  readonly stt?: SttStatus;
}

export interface MeetingStatus {
  readonly head: MeetingHead;
  readonly phase: 'running' | 'paused' | 'finishing' | 'restarting'; // 'restarting': it goes on at the next start
  readonly elapsedMs: number;
  readonly options: SttOptions;
  readonly style?: TranscriptStyle; // of its transcript, as the server chose it; missing: 'grow'
  readonly sentOnTo?: string; // the host of the webhook that gets its minutes
  readonly sendsLines?: boolean; // there, as they become final
  readonly speakers: readonly SpeakerStatus[];
  readonly stageAudience?: StageAudience; // missing: the bot is on no stage
  readonly deaf?: Deafness; // why nobody at all is heard; missing: people are heard
  readonly figures: MeetingFigures;
}

/** The audience of a stage, whom nobody hears: numbers of people. */
export interface StageAudience {
  readonly now: number;
  readonly most: number; // at a time, since the meeting began
}

export interface MeetingFigures {
  readonly sentMs: number; // audio sent to the recogniser by this process, silence included: what it charges for
  readonly lostMs: number; // audio that could not become text, summed over people
  readonly final?: Lateness; // from the end of speech to its final; missing until there is one
  readonly posted?: Lateness; // from the end of speech to its message
}

/** One meeting that runs now, as commands see it. */
export interface LiveMeeting {
  readonly head: MeetingHead;
  /** The event that it is held for now; `head` has the one that it began with. */
  readonly occasion: Occasion | undefined;
  /** Is held for an event from now on, or the event has another name: the minutes say so. @throws when the journal cannot be written */
  holdFor(occasion: Occasion): Promise<void>;
  currentStatus(): MeetingStatus;
  /**
   * Calls the listener with everything published from now on. Words grow only while a listener needs that.
   *
   * @returns a function that ends that
   */
  addListener(listener: Listener, needs?: ListenerNeeds): () => void;
  /** Goes off the record: nothing is decoded until `resumeHearing`. @returns false when the meeting is not running */
  pauseHearing(): boolean;
  /** @returns false when the meeting is not paused */
  resumeHearing(): boolean;
  /**
   * Waits for the last words, leaves, and has the minutes posted. Every caller gets the same promise. Never rejects.
   *
   * @returns without `endedMs` when the meeting does not end but goes on in another process, or at the next start
   */
  stopMeeting(ending: MeetingEnding): Promise<MeetingRecord>;
}

/** A meeting as the meter of its cost sees it. */
export interface MeteredMeeting extends Pick<LiveMeeting, 'head' | 'stopMeeting'> {
  /** Audio sent to the recogniser by this process, of everybody together. */
  sentHereMs(): number;
  postNotice(notice: Notice): void;
}

/** The meetings of this process: one a guild. */
export interface LiveMeetings {
  meetingOf(guildId: GuildId): LiveMeeting | undefined;
  /** Whether this meeting runs, also in another process. */
  isRunning(guildId: GuildId, meetingId: MeetingId): Promise<boolean>;
  /** @throws {VoiceError} when the channel cannot be joined */
  startMeeting(request: StartRequest, signal: AbortSignal): Promise<LiveMeeting | 'already running'>;
  /**
   * Shows a line that was corrected in the journal, where the meeting runs, in whichever process. Where it is over, waits
   * until no minutes are being written that may hold the old text.
   *
   * @returns `not here` when no running meeting shows it: then whoever corrected it changes its message
   * @throws {ElsewhereError} when a process does not answer: the line stays corrected
   */
  showCorrection(guildId: GuildId, meetingId: MeetingId, utteranceId: string): Promise<ShownCorrection>;
  /**
   * Erases one person's words so that a running meeting cannot re-post them: their audio still in flight is discarded first.
   * Words that they say afterwards are new.
   */
  whileErasing<T>(guildId: GuildId, speakerId: SpeakerId, erase: () => Promise<T>): Promise<T>;
}

/** The message in a meeting's text channel that shows its state and holds its controls. */
export interface Panels {
  /**
   * Shows a meeting from now on, after a restart in the same message. Resolves after the first attempt; never rejects.
   *
   * @param lost - aborted when another process goes on with the meeting, and shows it
   */
  show(meeting: LiveMeeting, lost?: AbortSignal): Promise<void>;
  /** Says that the process ends and the meeting goes on at the next start, unless that takes long. Never rejects. */
  leave(meeting: LiveMeeting): Promise<void>;
  /** Shows that a meeting is over and written up, also if only an earlier process showed the meeting. Never rejects. */
  end(record: MeetingRecord): Promise<void>;
}

/** Is told of every meeting. Every method returns at once and never throws. */
export interface MeetingObserver {
  began(head: MeetingHead, meeting: MeteredMeeting): void;
  /** Another meeting can begin in the guild. Called once for each `began`. */
  over(head: MeetingHead): void;
  /** A meeting that is over is written up, as far as it can be; its `places` say where the minutes are. */
  writtenUp(record: MeetingRecord): void;
  /** Settings of the guild, or of one of its members, have changed. */
  settingsChanged(guildId: GuildId): void;
}

/** How long something took: the median, and the 95th percentile. */
export interface Lateness {
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** A partial, a final or a translation, as the channel shows it. */
export interface PublishedSegment {
  readonly segment: TranscriptSegment;
  readonly name: string; // of the speaker
}

/** Called at once for each segment: must neither wait nor throw. `over`: nothing more comes. */
export type Listener = (news: PublishedSegment | 'over') => void;

export interface ListenerNeeds {
  readonly needsGrowing: boolean; // words before they are final, which the recogniser is asked for then
}

/** Why the bot hears nobody although it sits in the voice channel. */
export type Deafness = 'deafened' | 'voice connection lost';
