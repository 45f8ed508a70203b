import type { SttError } from '../errors.ts';
import type { SpeakerId } from '../ids.ts';
import type { LeftOut } from '../notice.ts';
import type { VoiceFrame } from '../pcm.ts';
import type { Gap } from '../record.ts';
import type { TranscriptSegment } from '../segment.ts';
import type { PauseLength } from '../settings.ts';
import type { MeetingClock } from '../time/clock.ts';

export interface SttOptions {
  readonly language: string; // ISO 639-1 code, or 'auto'
  readonly translateTo: readonly string[];
  readonly pause?: PauseLength; // that ends a sentence of a speaker; 'normal' unless given. Files are not affected
}

export type SttState = 'idle' | 'connecting' | 'live' | 'waiting for a free socket' | 'retrying' | 'stopped';

export interface SttStatus {
  readonly state: SttState;
  readonly error?: SttError; // why it is retrying or stopped
  readonly sentMs: number; // audio sent to the recogniser, silence included
  readonly silenceMs: number; // the part of `sentMs` that is silence made by the bot
  readonly quietMs?: number; // audio too quiet to be speech since the speaker was last loud enough; missing: not measured
  readonly sockets: number; // opened so far
  readonly reconnects: number; // sockets that replaced a lost one
  readonly forcedFinals: number; // last partials published as unconfirmed finals, as no final came
  readonly lastTextMs?: number;
}

export type SttNotice =
  | { readonly kind: 'stopped'; readonly speakerId: SpeakerId; readonly error: SttError } // people have to act
  | { readonly kind: 'languages left out'; readonly leftOut: LeftOut }
  | { readonly kind: 'gap'; readonly gap: Gap };

/** One person's speech becoming text. It outlives the sockets under it. */
export interface SttStream extends AsyncDisposable {
  readonly speakerId: SpeakerId;
  /** Never waits: a bounded buffer drops its oldest audio and reports the gap. */
  send(frame: VoiceFrame): void;
  /** Takes effect at the speaker's next pause; the length of that pause does at once. Nothing is lost or published twice. */
  configure(options: SttOptions): void;
  /** Sets whether somebody watches words grow; if nobody does, text may come later. Takes effect at once. */
  watched(isWatched: boolean): void;
  /** Finals once each, partials as they come, translations after their final. One consumer. Ends after `finish`. */
  segments(signal: AbortSignal): AsyncIterable<TranscriptSegment>;
  /**
   * Ends the input: sends the tail and the closing silence, waits for the last words, closes.
   *
   * The answer takes some seconds; a backlog that still moves takes up to two minutes. Abort the signal to cut it short.
   */
  finish(signal: AbortSignal): Promise<void>;
  /** When the earliest speech began that no final covers yet; `undefined` when there is none. */
  pendingSinceMs(): number | undefined;
  status(): SttStatus;
}

export interface Transcriber extends AsyncDisposable {
  /**
   * Opens no socket yet: the stream does that when the person speaks.
   *
   * @param isResting - whether they have stopped on purpose, and nothing of theirs is on its way; missing: nobody knows
   */
  open(
    speakerId: SpeakerId,
    options: SttOptions,
    clock: MeetingClock,
    notify: (notice: SttNotice) => void,
    isResting?: () => boolean,
  ): SttStream;
}

/** Audio in one of the recogniser's containers: Ogg, MP3, AAC, FLAC, WAV, WebM. */
export interface AudioFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface AudioListener {
  /** Times count from the beginning of the file. */
  segment(segment: TranscriptSegment): void;
  /** @param ofMs - how long the file plays, if that is known */
  progress(sentMs: number, ofMs: number | undefined): void;
  /** A meeting needed the socket, or the socket was lost: discard all segments so far, the file begins again. */
  startedOver(): void;
  leftOut(leftOut: LeftOut): void;
}

/** `cut off`: the file is too long; `broken off`: the rest of the file cannot be read. */
export type AudioOutcome = 'whole' | 'cut off' | 'broken off';

export interface AudioTranscriber {
  /**
   * Streams a file as it is, at the pace at which it plays. Speakers in meetings come first: a file waits for a free
   * socket, and gives it back when a speaker waits for one.
   *
   * @param maxMs - a longer file is refused; a file that turns out to be longer while it streams is cut off there
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

/** One of the recogniser's credentials that this process may use now. */
export interface CredentialShare {
  readonly clientId: string;
  readonly mostSockets?: number; // for this process; missing: nobody knows of a limit
  readonly usedElsewhere: number; // sockets that other processes have with it
  /** Ids of sessions that a dead process left open: they count as sockets until they are ended, so this comes first. */
  readonly leftBehind: readonly string[];
  /** Since when speech in another process waits for a socket of this one's, by `performance.now()`; missing: none does. */
  readonly wantedSinceMs?: number;
}

/** What this process does with a credential. */
export interface CredentialUse {
  readonly sessions: readonly string[]; // ids of those that exist on the service, as far as they have one
  readonly sockets: number; // open, being opened or being closed
  readonly learnedSockets?: number; // how many it could hold when the service refused another one; missing: not learned
  readonly waitingSinceMs?: number; // when the speech began that waits while other processes hold all its sockets
}

/** Whoever opens the recogniser's sockets. */
export interface CredentialUser {
  readonly clientIds: readonly string[]; // of all credentials: the same in every process
  /** From now on opens sockets with these credentials only. Those that are open with others end with their utterance. */
  allowCredentials(shares: readonly CredentialShare[]): void;
  useOf(clientId: string): CredentialUse;
}

/** Shares the recogniser's credentials out among processes. */
export interface CredentialShares {
  /** From now on tells `user` its share, whenever that changes. Until the first time it has none. */
  connect(user: CredentialUser): void;
}
