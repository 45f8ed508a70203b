import type { SttError } from './errors.ts';
import type { ChannelId, GuildId, MeetingId, SpeakerId } from './ids.ts';
import type { Notice } from './notice.ts';
import type { PcmFrame } from './pcm.ts';
import type { LiveMeeting, MeteredMeeting } from './ports/live-meetings.ts';
import type {
  Attendance,
  Gap,
  MeetingEnding,
  MeetingHead,
  MeetingRecord,
  Mention,
  MessageOf,
  MessagePlace,
  Places,
  PostedAt,
  SignOfLife,
  SpeakerAccount,
} from './record.ts';
import type { FinalSegment, TranscriptSegment, TranslationSegment } from './segment.ts';
import type { Summary } from './summary.ts';
import type { Glossary } from './text/glossary.ts';
import type { MeetingClock } from './time/clock.ts';
import type { UsageBook } from './usage/usage.ts';

// ---------------------------------------------------------------------------------------------- voice (src/voice)

/** Decides whose packets may be decoded; asked for every packet, before anything is decrypted. */
export type Ears = (speakerId: SpeakerId) => boolean;

/** One person's voice, from when they are first heard until they leave. */
export interface SpeakerStream {
  readonly speakerId: SpeakerId;
  /**
   * Hands on decoded audio in the order in which it was said, each frame the moment it is made; first those that came
   * before. Lost packets are concealed, so a talk spurt has no holes. Between talk spurts there is nothing: the next
   * frame's `startMs` is simply later. One listener. Resolves after `finish`. A frame's samples are its own only while it
   * is handed on: their memory is used again.
   *
   * A call and no iterator: there are fifty frames a second of each speaker, and a promise for each costs more than all
   * else that is done with it between decoder and socket.
   *
   * @throws what `take` threw, or the signal's reason; nothing is handed on after that
   */
  listen(take: (frame: PcmFrame) => void, signal: AbortSignal): Promise<void>;
  /** The person left: what is buffered is delivered, then the frames end. */
  finish(): void;
}

/** How well one person is heard; counts since the meeting began. */
export interface SpeakerReception {
  readonly packets: number;
  readonly concealedFrames: number;
  readonly undecryptable: number; // packets that the end-to-end encryption did not open
  readonly corrupt: number; // packets that the decoder refused, or that hold more sound than time has passed
  readonly lastHeardMs?: number;
  readonly encryption: 'end-to-end' | 'transport only' | 'negotiating';
}

export type VoiceRoomEvent =
  | { readonly kind: 'connected' } // again, after 'interrupted'
  | { readonly kind: 'interrupted'; readonly because: string; readonly sinceMs: number } // nothing is heard; the room tries by itself
  | { readonly kind: 'missed'; readonly speakerId: SpeakerId; readonly startMs: number; readonly endMs: number } // their packets were lost for longer than can be made up
  | { readonly kind: 'lost'; readonly error: Error }; // it gave up: the meeting has to end

/** A voice channel the bot sits in, self-muted and listening. */
export interface VoiceRoom extends AsyncDisposable {
  /** Each person once when first heard, and again after their stream was finished. One consumer. Ends on `leave`. */
  speakers(signal: AbortSignal): AsyncIterable<SpeakerStream>;
  events(signal: AbortSignal): AsyncIterable<VoiceRoomEvent>;
  reception(speakerId: SpeakerId): SpeakerReception | undefined;
  /** After a gateway session was replaced: says again where we are. Resolves when audio can flow. */
  rejoin(signal: AbortSignal): Promise<void>;
  /** Hangs up; every stream is finished. Safe to call twice. */
  leave(): Promise<void>;
}

export interface VoiceRooms {
  /** @throws {VoiceError} when the channel cannot be joined within 15 s */
  join(
    guildId: GuildId,
    channelId: ChannelId,
    clock: MeetingClock,
    ears: Ears,
    signal: AbortSignal,
  ): Promise<VoiceRoom>;
}

// ------------------------------------------------------------------------------------------ people (src/discord)

export interface Person {
  readonly id: SpeakerId;
  readonly displayName: string; // the server profile's name first
  readonly avatarUrl?: string; // likewise
  readonly isBot: boolean;
}

export type PresenceEvent =
  | { readonly kind: 'joined' | 'renamed'; readonly person: Person }
  | { readonly kind: 'left'; readonly person: Person }
  | { readonly kind: 'bot moved'; readonly channelId: ChannelId; readonly channelName: string }
  | { readonly kind: 'bot disconnected' } // by a moderator, or its permission was taken
  | { readonly kind: 'hearing changed' } // see `isDeafened`
  | { readonly kind: 'voice channel deleted' }
  | { readonly kind: 'session replaced' }; // the gateway could not resume: voice must be joined again

/** Who is in the voice channel where the bot is; follows the bot when it is moved. */
export interface Presence {
  /** Where the bot sits now: ahead of the event that tells of a move. */
  readonly channelId: ChannelId;
  /** A moderator took the bot's hearing: it sits there, and nothing comes. */
  readonly isDeafened: boolean;
  people(): readonly Person[];
  /** The same, by the names that they have at this moment, as far as that is found out within two seconds. Never rejects. */
  namesNow(): Promise<readonly Person[]>;
  /** From the call on. One consumer. */
  events(signal: AbortSignal): AsyncIterable<PresenceEvent>;
}

export interface Presences {
  /**
   * Whether it is known who sits in a voice channel: until a guild was told of, everybody seems to be away.
   *
   * @returns nothing when it is, or will never be; else a promise of that
   * @throws the signal's reason
   */
  unknownYet(guildId: GuildId, voiceChannelId: ChannelId, signal: AbortSignal): Promise<void> | undefined;
  /** Starts watching; dispose to stop. */
  watch(guildId: GuildId, voiceChannelId: ChannelId): Presence & Disposable;
}

// ----------------------------------------------------------------------------------- speech-to-text (src/palabra)

export interface SttOptions {
  readonly language: string; // ISO 639-1 code, or 'auto'
  readonly translateTo: readonly string[];
}

export type SttState = 'idle' | 'connecting' | 'live' | 'waiting for a free socket' | 'retrying' | 'stopped';

export interface SttStatus {
  readonly state: SttState;
  readonly error?: SttError; // why it is retrying or stopped
  readonly sentMs: number; // audio sent to the recogniser, silence included
  readonly silenceMs: number; // of it, made by us
  readonly quietMs?: number; // heard, but too quiet to be speech, since they were loud enough last; missing: not measured
  readonly sockets: number; // opened so far
  readonly reconnects: number; // of them, to replace one that was lost
  readonly forcedFinals: number; // last partials told as unconfirmed, as their final never came
  readonly lastTextMs?: number;
}

/** What the recogniser refuses of what was asked for: it is left out, and the original goes on. */
export interface LeftOut {
  readonly targets: readonly string[]; // languages that nothing is translated into
  readonly spoken?: string; // in its place the language is found out
}

export type SttNotice =
  | { readonly kind: 'stopped'; readonly speakerId: SpeakerId; readonly error: SttError } // people have to act
  | { readonly kind: 'languages left out'; readonly leftOut: LeftOut }
  | { readonly kind: 'gap'; readonly gap: Gap };

/** One person's speech becoming text. It outlives the sockets under it. */
export interface SttStream extends AsyncDisposable {
  readonly speakerId: SpeakerId;
  /** Never waits: a bounded buffer drops its oldest audio and reports the gap. */
  send(frame: PcmFrame): void;
  /** In force from the speaker's next pause on; nothing is lost or said twice. */
  configure(options: SttOptions): void;
  /** Somebody sees words while they are spoken, or nobody does: then they need not come so soon. In force at once. */
  watched(isWatched: boolean): void;
  /** Finals once each, partials as they come, translations after their final. One consumer. Ends after `finish`. */
  segments(signal: AbortSignal): AsyncIterable<TranscriptSegment>;
  /**
   * No more input: sends the tail and the closing silence, waits for the last words, closes.
   *
   * Some seconds for the answer; longer while a backlog moves (two minutes at most). Abort to cut it short.
   */
  finish(signal: AbortSignal): Promise<void>;
  /** When the earliest speech began that no final covers yet; `undefined` when all is told. */
  untoldSinceMs(): number | undefined;
  status(): SttStatus;
}

export interface Transcriber extends AsyncDisposable {
  /** Opens no socket yet: that happens when the person speaks. */
  open(speakerId: SpeakerId, options: SttOptions, clock: MeetingClock, notify: (notice: SttNotice) => void): SttStream;
}

/** Audio in one of the recogniser's containers: Ogg, MP3, AAC, FLAC, WAV, WebM. */
export interface AudioFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface AudioListener {
  /** Times count from the beginning of the file. */
  segment(segment: TranscriptSegment): void;
  /** How much was sent, and how much there is, as far as that is known. */
  progress(sentMs: number, ofMs: number | undefined): void;
  /** A meeting needed the recogniser, or it was lost: nothing told so far counts; it begins again. */
  startedOver(): void;
  leftOut(leftOut: LeftOut): void;
}

/** `cut off`: it is too long; `broken off`: the rest of it cannot be read. */
export type AudioOutcome = 'whole' | 'cut off' | 'broken off';

export interface AudioTranscriber {
  /**
   * Streams a file as it is, at the pace at which it plays. Whoever speaks in a meeting comes first: a file waits for a
   * free socket, and gives it back when a speaker waits for one.
   *
   * @param maxMs - a longer file is refused; one whose length shows only on the way is cut off there
   * @throws {AudioError} when the file cannot be read, or is too long
   * @throws {SttError} when the recogniser refuses, or cannot be reached after some tries
   * @throws the signal's reason
   */
  transcribeAudio(
    file: AudioFile,
    options: SttOptions,
    maxMs: number,
    listener: AudioListener,
    signal: AbortSignal,
  ): Promise<AudioOutcome>;
}

// ------------------------------------------------------------------------------------- the channel (src/discord)

/**
 * What people see of an utterance: one message that grows while it is spoken, its final only, or its final in a digest
 * of several people's words every so often.
 */
export type TranscriptStyle = 'grow' | 'finals' | 'digest';

/** How a guild wants its transcripts to look. */
export interface TranscriptLook {
  readonly style: TranscriptStyle;
  readonly thread: boolean; // in a thread of the meeting's own; a change is for the next meeting
  readonly timeZone?: string; // of the day that the thread is called by: an IANA name
  readonly speakerWebhooks: boolean; // under the speakers' own names and pictures, where that is permitted
  readonly languageThreads: readonly string[]; // languages with a thread of their own, instead of under the original
}

/** Where people read. Every method returns at once; posting happens behind it, within the rate limits. */
export interface TranscriptChannel {
  /** Where it is written now. */
  readonly channelId: ChannelId;
  /** What is being said, a final, or a translation of one (before or after it). Only `grow` needs partials. */
  post(segment: TranscriptSegment, speaker: Person): void;
  /** Takes back what it can of one person's words: they are being erased. */
  forget(speakerId: SpeakerId): void;
  /** In force for what is said from now on. */
  configure(look: TranscriptLook): void;
  /** Something of the bot's own, in the language of whoever reads there. */
  notice(notice: Notice): void;
  /**
   * Takes up what an earlier process left behind: says what it had no time to say, corrects what it left half said, and
   * posts nothing twice. To be called before anything else is posted. Never rejects.
   *
   * @param record - in the words in which it is shown
   * @returns what people saw of utterances that the journal does not know, not confirmed
   */
  takeUp(record: MeetingRecord, signal: AbortSignal): Promise<readonly FinalSegment[]>;
  /** Resolves when everything so far stands in the channel, or could not be posted. Never rejects. */
  drained(signal: AbortSignal): Promise<void>;
}

/** Keeps where a transcript stands; called while posting goes on, so neither waits nor throws. */
export interface TranscriptKeeper {
  posted(at: PostedAt): void;
  placed(places: Places): void;
  /** A final can be read now, the whole of it or, when it is long, its first piece. */
  shown(utteranceId: string): void;
  /** A remark about this person stands in the transcript, by name. */
  remarked(speakerId: SpeakerId, at: MessagePlace): void;
}

export interface TranscriptChannels {
  open(head: MeetingHead, look: TranscriptLook, keeper: TranscriptKeeper): TranscriptChannel;
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

/**
 * Sees to it that nobody is heard in a meeting who could read nowhere that they are. Except for `mayFollow` every method
 * returns at once, and none throws.
 */
export interface Usher {
  /** Whether only people who said yes are heard: those who are there are asked, once. */
  configure(optInOnly: boolean): void;
  /** Somebody is there: has them told where they can read it, unless that is so. Again and again while they are not told. */
  inform(person: Person): void;
  /** Whether somebody can have read it: asked for every packet. */
  hasInformed(speakerId: SpeakerId): boolean;
  /** Somebody came after the beginning. To be called once a person. */
  greet(person: Person): void;
  /**
   * Whether the meeting may go on in another voice channel: who is there can read along, and who reads along could have
   * come there.
   */
  mayFollow(channelId: ChannelId): Promise<boolean>;
  /** Nobody is heard any more. */
  leave(): void;
}

export interface Ushers {
  /** @param where - the channel that people read now */
  open(head: MeetingHead, where: () => ChannelId): Usher;
}

/** Hears of all meetings. Every method returns at once and never throws. */
export interface MeetingObserver {
  began(head: MeetingHead, meeting: MeteredMeeting): void;
  /** Another one can begin in its guild. */
  over(head: MeetingHead): void;
  settingsChanged(guildId: GuildId): void;
}

/** Makes the minutes of a meeting that is over and posts them. */
export interface MinutesPoster {
  /**
   * Posts them once, however often it is asked, and also when the process was killed meanwhile.
   *
   * @returns where they stand, the message with the files first
   * @throws when no channel took them; the message is fit to be shown
   */
  post(record: MeetingRecord, channelId: ChannelId, signal: AbortSignal): Promise<readonly MessagePlace[]>;
}

// ------------------------------------------------------------------------------------------ summaries (src/summary)

/** Has what was important in a meeting written down. */
export interface Summariser {
  /**
   * A summary in the meeting's main language and in each of these, or why there is none. Never rejects.
   *
   * Takes a minute or two at most.
   */
  summarise(record: MeetingRecord, languages: readonly string[], timeZone?: string): Promise<Summary>;
}

// ---------------------------------------------------------------------------------------- keeping (src/storage)

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
  account(id: MeetingId, account: SpeakerAccount): Promise<void>;
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

export interface GuildSettings {
  readonly spoken: string; // ISO 639-1 code or 'auto'
  readonly translateTo: readonly string[];
  readonly transcriptChannelId?: ChannelId;
  readonly minutesChannelId?: ChannelId;
  readonly timeZone?: string; // of dates and times in minutes: an IANA name; UTC unless chosen
  readonly webhook?: { readonly url: string; readonly secret: string }; // that minutes are sent on to
  readonly glossary?: Glossary; // how terms are written in the channel and in minutes
  readonly optInOnly?: boolean; // nobody is heard who did not say yes
  readonly managerRoleId?: string; // who has it may do what managers may
  readonly allowedChannelIds?: readonly ChannelId[]; // where voices may be transcribed; missing or empty: everywhere
  readonly autoStartChannelId?: ChannelId; // where a meeting begins by itself
  readonly autoStartPeople?: number; // once so many are there
  readonly audioChannelIds?: readonly ChannelId[]; // whose audio files are transcribed without being asked
  readonly style?: TranscriptStyle; // 'grow' unless chosen
  readonly nameBefore?: string; // the bot's nickname, while a mark cuts it short; empty: it had none
  readonly speakerWebhooks?: boolean; // on unless chosen
  readonly thread?: boolean; // off unless chosen
  readonly languageThreads?: boolean; // off unless chosen
}

export interface MemberSettings {
  readonly spoken?: string; // instead of the guild's
  readonly reads?: string; // in which language they read what only they see; missing: as it was spoken
  readonly optedOut: boolean;
  readonly optedIn?: boolean; // said yes; counts where the server hears only those
}

type Change<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** What guilds and members chose. Reading an unknown guild or member gives the defaults. */
export interface Settings extends AsyncDisposable {
  guild(guildId: GuildId): Promise<GuildSettings>;
  /** A key given as `undefined` goes back to its default. */
  changeGuild(guildId: GuildId, change: Change<GuildSettings>): Promise<GuildSettings>;
  member(guildId: GuildId, userId: SpeakerId): Promise<MemberSettings>;
  changeMember(guildId: GuildId, userId: SpeakerId, change: Change<MemberSettings>): Promise<MemberSettings>;
}
