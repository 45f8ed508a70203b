import type { ChannelId, GuildId, MeetingId, MessageId, SpeakerId } from './ids.ts';
import type { FinalSegment, TranslationSegment } from './segment.ts';
import type { Summary } from './summary.ts';

/** What is fixed about a meeting when it starts. */
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

/** Where a meeting shows itself, so that a restart goes on there. */
export interface Places {
  readonly panelMessageId?: MessageId; // in `textChannelId`
  readonly threadId?: ChannelId; // where the transcript goes instead of `textChannelId`
  readonly languageThreads?: Readonly<Record<string, ChannelId>>; // by ISO 639-1 code
  /** By voice channel, the message in its own chat that tells people there who cannot see `textChannelId`. */
  readonly besideVoices?: Readonly<Record<ChannelId, MessageId>>;
  /** The messages of its minutes, in order: the first has the files. */
  readonly minutes?: readonly MessagePlace[];
}

export interface MessagePlace {
  readonly channelId: ChannelId;
  readonly messageId: MessageId;
}

/** What a running meeting writes down every few seconds, so that after a crash it can say what it did not hear. */
export interface SignOfLife {
  readonly atMs: number; // since the meeting began
  /** Whose speech is not text yet, and since when. */
  readonly pending: readonly { readonly speakerId: SpeakerId; readonly sinceMs: number }[];
  readonly spoken?: string; // for this meeting only, instead of the guild's
  readonly tallies?: readonly SpeakerTally[]; // up to now
  readonly isPlanned?: boolean; // the process left on purpose, and said that it comes back
}

/** Where a text stands; a long one spans several messages, and one message may hold several texts. */
export interface PostedAt {
  readonly utteranceId: string;
  readonly language?: string; // when it stands in a language's own thread
  readonly channelId: ChannelId;
  readonly messageId: MessageId;
}

/**
 * A message of ours that names a member or holds their words, and is no line of a transcript: a text under a voice message,
 * a greeting, who paused. Kept without its text, so that it can be taken down.
 */
export interface Mention {
  readonly channelId: ChannelId;
  readonly messageId: MessageId;
  /** What of it is theirs: all, a name among others, or lines of the bot's own in a transcript. */
  readonly what: MentionKind;
}

/** `whole`: the message is about them alone; `name`: it names others, too; `line`: a remark in a transcript. */
export type MentionKind = 'whole' | 'name' | 'line';

/** A message of a meeting, as whoever wants to change it has to name it. */
export interface MessageOf {
  readonly meetingId: MeetingId;
  readonly channelId: ChannelId;
  readonly messageId: MessageId;
}

/** One stay of one person; `leftMs` is missing while they are there. Times since the meeting began. */
export interface Attendance {
  readonly speakerId: SpeakerId;
  readonly displayName: string;
  readonly joinedMs: number;
  readonly leftMs?: number;
}

export type GapReason =
  | 'paused'
  | 'recogniser unavailable'
  | 'audio not decrypted'
  | 'voice connection lost'
  | 'deafened' // by a moderator
  | 'restarted' // the bot was away
  | 'too much at once';

/** Audio that could not become text. `speakerId` is missing when nobody was heard. */
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
  readonly heardMs: number; // of audio that was decoded, concealed losses included
  readonly concealedFrames: number; // of 20 ms, made up for packets that never came
  readonly undecryptable: number; // packets
  readonly corrupt: number; // packets that are no speech, or hold more sound than time has passed
  readonly sentMs: number; // to the recogniser, silence included
  readonly silenceMs: number; // of it, made by us
  readonly sockets: number;
  readonly reconnects: number;
  readonly forcedFinals: number; // last partials kept as unconfirmed, as their final never came
}

export type MeetingEnding =
  | 'stopped'
  | 'empty'
  | 'disconnected'
  | 'channel deleted'
  | 'budget used up'
  | 'shutdown'
  | 'failed';

/** Everything kept of one meeting: what minutes and exports are made from. */
export interface MeetingRecord {
  readonly head: MeetingHead;
  readonly endedMs?: number; // missing while it runs
  readonly ending?: MeetingEnding;
  readonly attendance: readonly Attendance[];
  readonly finals: readonly FinalSegment[]; // by startMs
  readonly translations: readonly TranslationSegment[];
  readonly gaps: readonly Gap[];
  readonly messages: readonly PostedAt[]; // in the order of posting; empty where unknown
  readonly tallies?: readonly SpeakerTally[]; // missing while it runs
  readonly summary?: Summary; // missing while it runs, and where no model is asked
  readonly lastSign?: SignOfLife; // missing once everything is settled
}

/** The length of an overview at most: whoever posts it into a chat may still have to add a sentence. */
export const MAX_OVERVIEW_CHARS = 1_900;

/** Minutes ready to be posted. */
export interface Minutes {
  readonly title: string;
  readonly overview: string; // Discord Markdown, at most `MAX_OVERVIEW_CHARS`, safe to post: escaped, pings nobody
  readonly more: readonly string[]; // further messages after it, of the same kind: where a summary needs the room
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
}
