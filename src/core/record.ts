import type { ChannelId, EventId, GuildId, MeetingId, MessageId, SpeakerId } from './ids.ts';
import type { FinalSegment, TranslationSegment } from './segment.ts';
import type { Summary } from './summary.ts';

/** What a meeting's start fixes. */
export interface MeetingHead {
  readonly id: MeetingId;
  readonly guildId: GuildId;
  readonly title: string;
  readonly voiceChannelId: ChannelId;
  readonly voiceChannelName: string;
  readonly textChannelId: ChannelId;
  readonly startedBy: SpeakerId;
  readonly beganAt: Date;
  readonly places?: Places; // missing until there are some
}

/** The messages and threads that show a meeting, so that the next process goes on there. */
export interface Places {
  readonly panelMessageId?: MessageId; // in `textChannelId`
  readonly threadId?: ChannelId; // where the transcript goes instead of `textChannelId`
  readonly languageThreads?: Readonly<Record<string, ChannelId>>; // by ISO 639-1 code
  /** By voice channel: the message in its own chat for people who cannot see `textChannelId`. */
  readonly besideVoices?: Readonly<Record<ChannelId, MessageId>>;
  /** By voice channel: its status, which says that the meeting is transcribed. */
  readonly voiceStatuses?: Readonly<Record<ChannelId, StatusNotice>>;
  /** The messages of its minutes, in order: the first has the files. */
  readonly minutes?: readonly MessagePlace[];
  /** The event of the server that it is held for. */
  readonly occasion?: Occasion;
}

/** An event of the server, as a meeting that is held for it keeps it. Its texts are plain, each on one line. */
export interface Occasion {
  readonly eventId: EventId;
  readonly name: string; // the meeting's title; empty when nobody would see anything of it
  readonly about: string; // what the event says of itself, cut short; empty when it says nothing
  readonly endsMeeting: boolean; // the meeting began with the event, and ends with it
}

/** What the bot wrote as the status of a voice channel. */
export interface StatusNotice {
  readonly notice: string; // empty once the bot has taken it away again
  readonly before: string; // the status that stood there, empty when none did
}

export interface MessagePlace {
  readonly channelId: ChannelId;
  readonly messageId: MessageId;
}

/** What a running meeting writes down every few seconds, so that after a crash the next process knows what was not heard. */
export interface SignOfLife {
  readonly atMs: number; // since the meeting began
  /** Whose speech is not text yet, and since when. */
  readonly pending: readonly { readonly speakerId: SpeakerId; readonly sinceMs: number }[];
  readonly spoken?: string; // for this meeting alone, instead of the guild's
  readonly tallies?: readonly SpeakerTally[]; // up to now
  readonly ungreeted?: readonly SpeakerId[]; // who came and was not told yet that they are transcribed
  readonly isPlanned?: boolean; // the process ended on purpose, and people were told that the meeting goes on
}

/** A message that shows a text. A long text spans several messages, and one message may show several texts. */
export interface PostedAt {
  readonly utteranceId: string;
  readonly language?: string; // when the message is in a language's own thread
  readonly channelId: ChannelId;
  readonly messageId: MessageId;
}

/**
 * A message of the bot that names a member or holds their words outside of transcript lines: a text under a voice message,
 * a greeting, a note who paused. Kept without its text, so that it can be deleted later.
 */
export interface Mention {
  readonly channelId: ChannelId;
  readonly messageId: MessageId;
  /** Which part of the message concerns the member. */
  readonly what: MentionKind;
}

/** `whole`: the message is about one member alone; `name`: it names others, too; `line`: a remark in a transcript. */
export type MentionKind = 'whole' | 'name' | 'line';

/** A message of a meeting, with all that a request for it needs. */
export interface MessageOf {
  readonly meetingId: MeetingId;
  readonly channelId: ChannelId;
  readonly messageId: MessageId;
}

/** One stay of one person; `leftMs` is missing while they are there. Times count from the meeting's beginning. */
export interface Attendance {
  readonly speakerId: SpeakerId;
  readonly displayName: string; // as Discord showed it, unless it was put right since
  readonly joinedMs: number;
  readonly leftMs?: number;
  /** The name that Discord showed, where somebody put it right. */
  readonly renamed?: Omit<Renaming, 'name'> & { readonly from: string };
}

/** Somebody puts the name of a speaker right in one meeting. */
export interface Renaming {
  readonly name: string;
  readonly byId: SpeakerId; // empty: whoever it was had that erased, as for their name
  readonly byName: string;
  readonly atMs: number; // since 1970
}

export type GapReason = (typeof GAP_REASONS)[number];

export const GAP_REASONS = [
  'paused',
  'recogniser unavailable',
  'audio not decrypted',
  'voice connection lost',
  'deafened', // by a moderator
  'restarted', // the bot was away
  'too much at once',
] as const;

/** Audio that could not become text, of one person, or of everybody where `speakerId` is missing. */
export interface Gap {
  readonly speakerId?: SpeakerId;
  readonly startMs: number;
  readonly endMs: number;
  readonly reason: GapReason;
}

/**
 * One person's voice in numbers: what came in, what went to the recogniser, what was made up or lost.
 *
 * Durations in milliseconds, everything else counted.
 */
export interface SpeakerTally {
  readonly speakerId: SpeakerId;
  readonly heardMs: number; // decoded audio, concealed losses included
  readonly concealedFrames: number; // of 20 ms, in place of packets that never came
  readonly undecryptable: number; // packets
  readonly corrupt: number; // packets that are no speech, or contain more audio than time has passed
  readonly sentMs: number; // to the recogniser, silence included
  readonly silenceMs: number; // the part of `sentMs` that is silence made by the bot
  readonly sockets: number;
  readonly reconnects: number;
  readonly forcedFinals: number; // last partials kept as unconfirmed finals, as no final came
}

export type MeetingEnding = (typeof MEETING_ENDINGS)[number];

export const MEETING_ENDINGS = [
  'stopped',
  'empty',
  'disconnected',
  'channel deleted',
  'budget used up',
  'event over',
  'shutdown',
  'failed',
] as const;

/** Everything kept of one meeting: what minutes and exports are made from. */
export interface MeetingRecord {
  readonly head: MeetingHead;
  readonly endedMs?: number; // missing while it runs
  readonly ending?: MeetingEnding;
  readonly attendance: readonly Attendance[];
  readonly finals: readonly FinalSegment[]; // by startMs
  readonly translations: readonly TranslationSegment[];
  readonly gaps: readonly Gap[];
  readonly stageAudience?: number; // the most people who listened to the stage at a time; missing: there was no stage
  readonly messages: readonly PostedAt[]; // in the order of posting; empty where unknown
  readonly tallies?: readonly SpeakerTally[]; // missing while it runs
  readonly summary?: Summary; // missing while it runs, and where no model is asked
  readonly lastSign?: SignOfLife; // missing once everything is settled
}

/** The longest overview: whoever posts it into a chat may still have to add a sentence. */
export const MAX_OVERVIEW_CHARS = 1_900;

/** Minutes ready to be posted. */
export interface Minutes {
  readonly title: string;
  readonly overview: string; // Discord Markdown, at most `MAX_OVERVIEW_CHARS`, safe to post: escaped, pings nobody
  readonly more: readonly string[]; // further messages of the same kind, where a summary needs the room
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
}
