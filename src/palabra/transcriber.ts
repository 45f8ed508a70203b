import { randomBytes } from 'node:crypto';
import type { SpeakerId } from '../core/ids.ts';
import type { Log } from '../core/log.ts';
import type { PacketDecoder } from '../core/pcm.ts';
import type { RecogniserCounts } from '../core/ports/metrics.ts';
import type {
  AudioFile,
  AudioListener,
  AudioOutcome,
  AudioTranscriber,
  CredentialShares,
  SttNotice,
  SttOptions,
  SttStream,
  Transcriber,
} from '../core/ports/speech-to-text.ts';
import type { MeetingClock } from '../core/time/clock.ts';
import { FormatInUse } from './format-in-use.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { FileReader } from './recording/file-reader.ts';
import type { Shared, TendedStream } from './shared.ts';
import { SocketPool } from './sockets/pool.ts';
import type { ClientCredentials } from './sockets/session.ts';
import { PalabraStream } from './stream.ts';
import { ChunkStore, WATCHED_CHUNK_MS, type WatchedChunkMs } from './tape/chunks.ts';

const STALL_MS = 150; // a tick this late means that the whole process stood still
const CATCH_UP_MS = 250; // after a stall, waiting audio is read within this time
const TICK_MS = 40; // an eighth of a chunk: it costs next to nothing, and nobody notices the delay

export interface PalabraOptions {
  readonly apiUrl: string;
  readonly streamUrl: string;
  readonly credentials: readonly ClientCredentials[];
  readonly apiKey?: string; // instead of the credentials
  readonly shares?: CredentialShares; // missing: all credentials are this process's alone
  readonly format?: 'pcm_s16le' | 'ogg'; // ogg: packets are passed on as they came; default pcm_s16le
  readonly sampleRateHz: 48_000 | 24_000 | 16_000; // of samples, and of times: 48 000 with ogg
  readonly finalize: boolean; // ask for the final at a pause; only for servers that know how
  readonly closingLead?: boolean; // false: closing silence goes out in real time; default true
  readonly watchedChunkMs?: WatchedChunkMs; // sent at once while somebody watches words grow; default 160
  /**
   * Makes a decoder for packets that are kept instead of samples; missing: samples are kept, in ten times the memory. With
   * ogg it is needed when the service refuses that format.
   */
  readonly decoderOf?: () => PacketDecoder;
  readonly fillerFilter?: boolean; // missing: the server decides
  readonly log: Log;
  readonly random?: () => number; // for the jitter of retries
  readonly limits?: Partial<Limits>;
}

/**
 * Palabra's speech recognition, for any number of speakers, and for audio files through sockets that they leave free.
 */
export class PalabraTranscriber implements Transcriber, AudioTranscriber {
  readonly #shared: Shared;
  readonly #pool: SocketPool;
  readonly #files: FileReader;
  readonly #streams = new Set<TendedStream>();
  readonly #awake = new Set<TendedStream>();
  readonly #counts = { malformed: 0, unknown: 0, misplaced: 0 };
  #timer: NodeJS.Timeout | undefined;
  #tickedMs = 0;
  #caughtUpMs = 0; // until then, audio from before a stall may still wait to be read
  #told = { speechMs: 0, silenceMs: 0 };
  #past = { sentMs: 0, silenceMs: 0 }; // of streams that have ended
  #utterances = 0;
  readonly #run = randomBytes(4).toString('hex'); // ids stay unique when another process goes on after a crash

  constructor(options: PalabraOptions) {
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#pool = new SocketPool(options, limits, options.log);
    this.#pool.onCrowded = () => {
      for (const stream of this.#streams) {
        if (this.#pool.isWanted(Number.POSITIVE_INFINITY)) stream.yieldSocket();
      }
      if (this.#pool.isWanted(Number.POSITIVE_INFINITY)) this.#files.yieldSocket();
    };
    const { fillerFilter, log, sampleRateHz } = options;
    const format = new FormatInUse(options.format ?? 'pcm_s16le', sampleRateHz, log);
    const sockets = { pool: this.#pool, limits, log, ...(fillerFilter === undefined ? undefined : { fillerFilter }) };
    this.#files = new FileReader(sockets);
    this.#shared = {
      pool: this.#pool,
      store: new ChunkStore(sampleRateHz, limits.heldBytes, options.decoderOf, format),
      limits,
      sampleRateHz,
      format,
      finalize: options.finalize,
      closingLead: options.closingLead ?? true,
      watchedChunkMs: options.watchedChunkMs ?? WATCHED_CHUNK_MS,
      ...(options.fillerFilter === undefined ? undefined : { fillerFilter: options.fillerFilter }),
      random: options.random ?? Math.random,
      log: options.log,
      nextId: () => {
        this.#utterances += 1;
        return `${this.#run}-${this.#utterances}`;
      },
      count: (what) => {
        this.#counts[what] += 1;
      },
      wake: (stream) => this.#wake(stream),
      forget: (stream) => {
        this.#awake.delete(stream);
        if (this.#streams.delete(stream)) this.#past = sumOf(this.#past, stream.sent());
      },
    };
  }

  /** How many messages could not be understood, and how many finals had times that made no sense. */
  get oddMessages(): { readonly malformed: number; readonly unknown: number; readonly misplaced: number } {
    return { ...this.#counts };
  }

  /** Whether packets are passed on: frames need not be decoded. May change to false at any time. */
  get takesPackets(): boolean {
    return !this.#shared.format.keepsSamples;
  }

  /** Bytes of memory that hold speech which is not text yet. */
  get heldBytes(): number {
    return this.#shared.store.heldBytes;
  }

  /** The sockets now, and what went over them so far. */
  get counts(): RecogniserCounts {
    let sum = this.#past;
    for (const stream of this.#streams) sum = sumOf(sum, stream.sent());
    // Silence that was made too early is taken back: a sum that went down would look like another start.
    const speechMs = Math.max(this.#told.speechMs, sum.sentMs - sum.silenceMs);
    const silenceMs = Math.max(this.#told.silenceMs, sum.silenceMs);
    this.#told = { speechMs, silenceMs };
    return { ...this.#pool.counts, speechMs, silenceMs };
  }

  open(
    speakerId: SpeakerId,
    options: SttOptions,
    clock: MeetingClock,
    notify: (notice: SttNotice) => void,
    isResting: () => boolean = () => false,
  ): SttStream {
    const stream = new PalabraStream(speakerId, options, clock, notify, isResting, this.#shared);
    this.#streams.add(stream);
    return stream;
  }

  transcribeAudio(
    file: AudioFile,
    options: SttOptions,
    maxMs: number,
    listener: AudioListener,
    signal: AbortSignal,
  ): Promise<AudioOutcome> {
    return this.#files.read(file, options, maxMs, listener, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#files[Symbol.asyncDispose]();
    await Promise.all([...this.#streams].map((stream) => stream[Symbol.asyncDispose]()));
    await this.#pool.sessionsEnded();
    this.#rest();
  }

  /** One timer serves all speakers, and only while somebody needs it. */
  #wake(stream: TendedStream): void {
    this.#awake.add(stream);
    if (this.#timer !== undefined) return;
    this.#tickedMs = performance.now();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  #tick(): void {
    const nowMs = performance.now();
    // After a stall, timers run before sockets are read: speech that waits there would be taken for silence.
    if (nowMs - this.#tickedMs > STALL_MS) this.#caughtUpMs = nowMs + CATCH_UP_MS;
    this.#tickedMs = nowMs;
    const isCaughtUp = nowMs >= this.#caughtUpMs;
    for (const stream of this.#awake) {
      if (!this.#streams.has(stream) || !stream.tick(isCaughtUp)) this.#awake.delete(stream);
    }
    if (this.#awake.size === 0) this.#rest();
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

function sumOf(a: ReturnType<TendedStream['sent']>, b: ReturnType<TendedStream['sent']>) {
  return { sentMs: a.sentMs + b.sentMs, silenceMs: a.silenceMs + b.silenceMs };
}
