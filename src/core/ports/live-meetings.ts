import type { Consent } from '../consent.ts';
import type { ChannelId, GuildId, SpeakerId } from '../ids.ts';
import type { Notice } from '../notice.ts';
import type { MeetingEnding, MeetingHead, MeetingRecord } from '../record.ts';
import type { TranscriptSegment } from '../segment.ts';
import type { Person } from './people.ts';
import type { SttOptions, SttStatus } from './speech-to-text.ts';
import type { SpeakerReception } from './voice.ts';

export interface StartRequest {
  readonly guildId: GuildId;
  readonly voiceChannelId: ChannelId;
  readonly voiceChannelName: string;
  readonly title?: string; // that people gave it; missing: the channel's name
  readonly textChannelId: ChannelId;
  readonly startedBy: SpeakerId;
  readonly spoken?: string; // for this meeting, instead of the guild's
}

export interface SpeakerStatus {
  readonly person: Person;
  readonly consent: Consent;
  readonly isUnreadable?: boolean; // packets come that cannot be decrypted, for long enough to be told
  readonly isTooQuiet?: boolean; // what comes is below every voice, for long enough to be told
  readonly reception?: SpeakerReception; // missing until they are first heard
  readonly stt?: SttStatus;
}

export interface MeetingStatus {
  readonly head: MeetingHead;
  readonly phase: 'running' | 'paused' | 'finishing' | 'restarting'; // the last: it goes on at the next start
  readonly elapsedMs: number;
  readonly options: SttOptions;
  readonly sentOnTo?: string; // the host that its minutes are sent on to
  readonly speakers: readonly SpeakerStatus[];
  readonly deaf?: Deafness; // why nobody at all is heard; missing: whoever speaks is
  readonly figures: MeetingFigures;
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
  currentStatus(): MeetingStatus;
  /** Hears everything that is told from now on. @returns what ends it */
  addListener(listener: Listener): () => void;
  /** Off the record: nothing is decoded until `resume`. False when it already was. */
  pauseHearing(): boolean;
  resumeHearing(): boolean;
  /** Drains the last words, leaves, posts the minutes. Every caller gets the same promise. Never rejects. */
  stopMeeting(ending: MeetingEnding): Promise<MeetingRecord>;
}

/** A meeting as whoever counts what it costs sees it. */
export interface MeteredMeeting extends Pick<LiveMeeting, 'head' | 'stopMeeting'> {
  /** Audio sent to the recogniser by this process, of everybody together. */
  sentHereMs(): number;
  postNotice(notice: Notice): void;
}

/** The meetings of this process: one a guild. */
export interface LiveMeetings {
  meetingOf(guildId: GuildId): LiveMeeting | undefined;
  /** @throws {VoiceError} when the channel cannot be joined */
  startMeeting(request: StartRequest, signal: AbortSignal): Promise<LiveMeeting | 'already running'>;
  /**
   * Has what somebody said erased, so that a running meeting puts nothing of it back: what of theirs is on its way to
   * text is dropped first. What they say from then on is new.
   */
  whileErasing<T>(guildId: GuildId, speakerId: SpeakerId, erase: () => Promise<T>): Promise<T>;
}

/** The message in a meeting's text channel that shows how it goes, and holds its controls. */
export interface Panels {
  /** Shows a meeting from now on, where it was shown before a restart. Resolves after the first attempt; never rejects. */
  show(meeting: LiveMeeting): Promise<void>;
  /** The process ends and the meeting goes on at the next start: says so, if that is quick. Never rejects. */
  leave(meeting: LiveMeeting): Promise<void>;
  /** A meeting is over and written up; also one that only an earlier process showed. Never rejects. */
  end(record: MeetingRecord): Promise<void>;
}

/** Hears of all meetings. Every method returns at once and never throws. */
export interface MeetingObserver {
  began(head: MeetingHead, meeting: MeteredMeeting): void;
  /** Another one can begin in its guild. */
  over(head: MeetingHead): void;
  /** Settings of the guild, or of one of its members, have changed. */
  settingsChanged(guildId: GuildId): void;
}

/** How long something took, in the middle and in the slowest twentieth. */
export interface Lateness {
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** Something that was told in a meeting, as it was told: words still being spoken, a final, or a translation. */
export interface PublishedSegment {
  readonly segment: TranscriptSegment;
  readonly name: string; // of who spoke
}

/** Called for each, at once: must neither wait nor throw. `over`: nothing more comes. */
export type Listener = (news: PublishedSegment | 'over') => void;

/** Why a room is silent for everybody, although the bot sits in it. */
export type Deafness = 'deafened' | 'voice connection lost';
