import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { SttError } from '../../core/errors.ts';
import { type Log, quiet } from '../../core/log.ts';
import type { LeftOut } from '../../core/notice.ts';
import type { SttOptions } from '../../core/ports/speech-to-text.ts';
import type { TranscriptSegment } from '../../core/segment.ts';
import { AskedLanguages } from '../asked-languages.ts';
import { DEFAULT_LIMITS, type Limits } from '../limits.ts';
import { Utterances } from '../results/utterances.ts';
import type { Claimant } from '../sockets/age-queue.ts';
import { AudioPace } from '../sockets/audio-pace.ts';
import { type Lease, SocketPool } from '../sockets/pool.ts';
import { type ServerMessage, tailMayChange } from '../sockets/protocol.ts';
import type { ClientCredentials } from '../sockets/session.ts';
import { type Piece, type Recording, RecordingError } from './recording.ts';

const LONGEST_PIECE_MS = 400; // longer ones, such as pages of a container, are sent in parts
const CLOCK_SLACK_MS = 1_000; // a time this much later than all audio sent makes no sense
const LOOK_MS = 40; // how often to look for the end, and for room in the network
const SETTLED_MS = 2_000; // after the closing silence, without new text
const UNCONFIRMED_MS = 15_000; // how long to wait for the final of a partial

/** The service that transcribes recordings. */
export interface Service {
  readonly apiUrl: string;
  readonly streamUrl: string;
  readonly credentials: readonly ClientCredentials[];
  readonly apiKey?: string;
  readonly fillerFilter?: boolean;
  readonly limits?: Partial<Limits>;
  readonly log?: Log;
}

/** The sockets that a recording is streamed through. */
export interface Sockets {
  readonly pool: SocketPool;
  readonly limits: Limits;
  readonly log: Log;
  readonly fillerFilter?: boolean;
  readonly claimant?: Claimant; // missing: the claim of somebody who begins to speak now
}

export interface Listener {
  /** Times count from the beginning of the recording. */
  segment(segment: TranscriptSegment): void;
  /** How much was sent; more than the recording lasts once the closing silence is being sent. */
  progress(sentMs: number): void;
  /** Called when languages are left out; missing: a refused language ends the recording. */
  leftOut?(leftOut: LeftOut): void;
}

/**
 * Streams a recording through sockets of its own: see `streamRecording`.
 *
 * @param stop - stops sending; the text of what was sent is still awaited
 */
export async function transcribeRecording(
  recording: Recording,
  service: Service,
  options: SttOptions,
  listener: Listener,
  stop: AbortSignal,
  signal: AbortSignal,
): Promise<void> {
  const limits = { ...DEFAULT_LIMITS, ...service.limits };
  const log = service.log ?? quiet;
  const pool = new SocketPool(service, limits, log);
  const { fillerFilter } = service;
  const sockets = { pool, limits, log, ...(fillerFilter === undefined ? undefined : { fillerFilter }) };
  try {
    await streamRecording(recording, sockets, options, listener, stop, signal);
  } finally {
    await pool.sessionsEnded();
  }
}

/**
 * Streams a recording at real-time pace, closes it with silence, and waits for the last final and its translations.
 *
 * @param stop - stops sending; the text of what was sent is still awaited
 * @throws {RecordingError} when the recording cannot be read
 * @throws {SttError} when the recogniser cannot be reached, or is lost on the way
 * @throws the signal's reason
 */
export async function streamRecording(
  recording: Recording,
  { pool, limits, log, fillerFilter, claimant }: Sockets,
  options: SttOptions,
  listener: Listener,
  stop: AbortSignal,
  signal: AbortSignal,
): Promise<void> {
  const pieces = recording.pieces()[Symbol.asyncIterator]();
  // Reads a piece before it opens a socket, so that a file without audio costs no session.
  const first = await pieces.next();
  if (first.done === true) throw new RecordingError('There is no audio in it.');
  const transcript = new Transcript(options, fillerFilter, listener, log);
  const filler = fillerFilter === undefined ? undefined : { fillerFilter };
  const lease = await open(options, transcript, pool, listener, (asked) =>
    pool.leaseSocket(
      { parameters: { audio: recording.audio, ...asked, ...filler }, listener: transcript, signal },
      claimant,
    ),
  );
  transcript.onNews = () => lease.worked();
  try {
    const sender = new PacedSender(lease, transcript, limits, listener);
    for (
      let next: IteratorResult<Piece> = first;
      next.done !== true && !stop.aborted;
      next = await orStopped(pieces.next(), stop)
    ) {
      await sender.send(next.value, signal);
    }
    for (const piece of recording.silence(limits.trailingSilenceMs)) await sender.send(piece, signal);
    while (!transcript.isComplete(performance.now())) await delay(LOOK_MS, undefined, { signal });
  } finally {
    transcript.giveUp();
    await lease.release();
  }
}

/** Dials with all languages; without the refused ones, where the listener can report them. */
async function open(
  options: SttOptions,
  transcript: Transcript,
  pool: SocketPool,
  listener: Listener,
  dial: (asked: SttOptions) => Promise<Lease>,
): Promise<Lease> {
  if (listener.leftOut === undefined) return await dial(options);
  const languages = new AskedLanguages(pool.refusedLanguages, (leftOut) => listener.leftOut?.(leftOut));
  const { opened, asked } = await languages.openNarrowed(options, dial);
  transcript.awaitTranslations(asked.translateTo);
  return opened;
}

/** The next piece, or the end as soon as `stop` is aborted: a live input may stay silent for ever. */
async function orStopped(next: Promise<IteratorResult<Piece>>, stop: AbortSignal): Promise<IteratorResult<Piece>> {
  const { promise, resolve } = Promise.withResolvers<IteratorResult<Piece>>();
  const stopped = () => resolve({ done: true, value: undefined });
  stop.addEventListener('abort', stopped, { once: true });
  try {
    return await Promise.race([next, promise]);
  } finally {
    stop.removeEventListener('abort', stopped);
  }
}

/** The text of a recording so far, and whether more is to come. */
class Transcript {
  readonly #utterances: Utterances;
  #translateTo: readonly string[];
  readonly #fillerFilter: { readonly fillerFilter?: boolean };
  #newsMs = 0;
  #sentMs = 0;
  #closedWith: number | undefined;
  #ids = 0;
  /** Called when there is new text. */
  onNews: () => void = () => {};

  constructor(options: SttOptions, fillerFilter: boolean | undefined, listener: Listener, log: Log) {
    this.#translateTo = options.translateTo;
    this.#fillerFilter = fillerFilter === undefined ? {} : { fillerFilter };
    this.#utterances = new Utterances(
      {
        speakerId: 'recording',
        log,
        nextId: () => String(++this.#ids),
        samplesIn: (ms) => ms, // the socket counts in the recording's time
        msAt: (ms) => Math.round(ms),
        emit: (segment) => listener.segment(segment),
        misplaced: () => {}, // counted for live speech only
      },
      { ...DEFAULT_LIMITS, unconfirmedMs: UNCONFIRMED_MS },
    );
  }

  message(message: ServerMessage): void {
    const nowMs = performance.now();
    let isNew = false;
    if (message.kind === 'transcription') {
      const mayChange = tailMayChange({ audio: { format: 'wav' }, ...this.#fillerFilter }, message.language);
      // The recogniser cannot have heard audio that was not sent, whatever its times say.
      const place = (ms: number) => (ms > this.#sentMs + CLOCK_SLACK_MS ? undefined : Math.min(ms, this.#sentMs));
      const sentLast = () => ({ from: this.#sentMs, to: this.#sentMs });
      const source = { place, sentBefore: 0, sentLast, translateTo: this.#translateTo, tailMayChange: mayChange };
      isNew = this.#utterances.takeTranscription(message, source, nowMs);
    } else if (message.kind === 'translation') isNew = this.#utterances.takeTranslation(message);
    if (!isNew) return; // nothing new
    this.#newsMs = nowMs;
    this.onNews();
  }

  /** Awaits translations into these languages only, as the recogniser refused the others. */
  awaitTranslations(targets: readonly string[]): void {
    this.#translateTo = targets;
  }

  closed(code: number): void {
    this.#closedWith = code;
  }

  sent(sentMs: number, nowMs: number): void {
    this.#sentMs = sentMs;
    this.#newsMs = nowMs;
  }

  /** @throws {SttError} when the socket is closed */
  checkOpen(): void {
    if (this.#closedWith === undefined) return;
    throw new SttError('connection-lost', `Speech-to-text was lost: the connection closed (${this.#closedWith}).`);
  }

  /** After the last audio: whether all of it is text, or no more text will come. */
  isComplete(nowMs: number): boolean {
    if (this.#closedWith !== undefined) return true;
    this.#utterances.expireOverdue(nowMs);
    const isText = this.#utterances.unfinishedFrom === undefined && this.#utterances.untranslatedFrom === undefined;
    return isText && nowMs - this.#newsMs > SETTLED_MS;
  }

  giveUp(): void {
    this.#utterances.publishPending();
  }
}

/** Sends pieces no faster than they play. */
class PacedSender {
  readonly #lease: Lease;
  readonly #transcript: Transcript;
  readonly #limits: Limits;
  readonly #listener: Listener;
  readonly #pace: AudioPace;
  #sentMs = 0;

  constructor(lease: Lease, transcript: Transcript, limits: Limits, listener: Listener) {
    this.#lease = lease;
    this.#transcript = transcript;
    this.#limits = limits;
    this.#listener = listener;
    this.#pace = new AudioPace(limits.burstMs, performance.now());
  }

  async send(piece: Piece, signal: AbortSignal): Promise<void> {
    const parts = Math.max(1, Math.ceil(piece.durationMs / LONGEST_PIECE_MS));
    const partBytes = Math.ceil(piece.bytes.length / parts);
    for (let at = 0; at < piece.bytes.length; at += partBytes) {
      const bytes = piece.bytes.subarray(at, at + partBytes);
      const durationMs = (piece.durationMs * bytes.length) / piece.bytes.length;
      await this.#wait(durationMs, signal);
      this.#lease.socket.send(bytes);
      this.#sentMs += durationMs;
      this.#transcript.sent(this.#sentMs, performance.now());
      this.#listener.progress(this.#sentMs);
    }
    // Pieces that play no time, such as headers, never wait: this lets other work run between them.
    if (piece.durationMs === 0) await nextTurn(undefined, { signal });
  }

  /** Waits until this much may be sent. It waits in short steps, however long a single byte claims to play. */
  async #wait(durationMs: number, signal: AbortSignal): Promise<void> {
    const { socket } = this.#lease;
    this.#transcript.checkOpen();
    for (let leftMs = durationMs, isFirst = true; isFirst || leftMs > 0; leftMs -= LONGEST_PIECE_MS) {
      isFirst = false;
      const stepMs = Math.min(leftMs, LONGEST_PIECE_MS);
      while (
        socket.bufferedBytes > this.#limits.bufferedBytes ||
        !this.#pace.spendAllowance(stepMs, performance.now())
      ) {
        await delay(LOOK_MS, undefined, { signal });
        this.#transcript.checkOpen();
      }
    }
  }
}
