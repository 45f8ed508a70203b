import { AudioError } from '../errors.ts';
import type { GuildId } from '../ids.ts';
import type { LeftOut } from '../notice.ts';
import type { AudioOutcome, AudioTranscriber, SttOptions } from '../ports/speech-to-text.ts';
import { FileMeter } from '../usage/file-meter.ts';
import type { Budget } from '../usage/usage.ts';
import type { AudioText } from './text.ts';

/** How many audio files people may have transcribed, and how large. */
export interface AudioLimits {
  readonly maxBytes: number; // of one file, which is in memory while it plays
  readonly maxMs: number; // of all files of a message together
  readonly jobMs: number; // for a message, from the request to the last word; then the text so far has to do
  readonly atOnce: number; // in the whole process
  readonly atOncePerGuild: number;
  readonly waitingPerGuild: number; // more are turned away
}

export const AUDIO_LIMITS: AudioLimits = {
  maxBytes: 25 * 1024 * 1024, // ten minutes of MP3 at its highest rate are 24 MB
  maxMs: 10 * 60_000, // a file takes as long as it plays, and Discord lets an answer be edited for 15 minutes
  jobMs: 14 * 60_000, // which leaves a minute of those 15 to write the answer
  atOnce: 3, // each holds a socket that a speaker may need next, and up to 25 MB
  atOncePerGuild: 1, // so that one server cannot keep the others waiting
  waitingPerGuild: 5, // at ten minutes each the next one would wait for an hour
};

/** An audio file that is not downloaded yet. */
export interface AudioSource {
  readonly name: string;
  readonly sizeBytes: number;
  readonly statedMs?: number; // its playing time according to its sender
  /** @throws {AudioError} when it cannot be downloaded, or is larger than `maxBytes` */
  load(maxBytes: number, signal: AbortSignal): Promise<Uint8Array>;
}

export type AudioProgress =
  | { readonly phase: 'waiting' | 'loading' } // for a place at the desk; for the download
  | { readonly phase: 'hearing'; readonly sentMs: number; readonly ofMs?: number };

/** Receives the text of one file, and how far it is. */
export interface AudioHearing {
  readonly text: AudioText;
  /** Called often: whoever shows the progress decides how often. */
  progress(progress: AudioProgress): void;
  leftOut(leftOut: LeftOut): void;
}

interface Waiter {
  readonly guildId: GuildId;
  readonly enter: () => void;
}

/** Lets a few audio files be transcribed at a time, so that they hold neither sockets nor memory without bound. */
export class AudioDesk implements AsyncDisposable {
  readonly limits: AudioLimits;
  readonly #transcriber: AudioTranscriber;
  readonly #budget: Budget | undefined;
  readonly #ending: AbortSignal;
  readonly #running: GuildId[] = [];
  readonly #waiting: Waiter[] = [];
  readonly #jobs = new Set<Promise<unknown>>();

  /** @param ending - its abort ends every job at once; disposing then waits for what they still write */
  constructor(
    transcriber: AudioTranscriber,
    ending: AbortSignal,
    { budget, ...limits }: Partial<AudioLimits> & { readonly budget?: Budget } = {},
  ) {
    this.#transcriber = transcriber;
    this.#budget = budget;
    this.#ending = ending;
    this.limits = { ...AUDIO_LIMITS, ...limits };
  }

  get isEnding(): boolean {
    return this.#ending.aborted;
  }

  /** Owns a job until it ends. The job's signal aborts when its time is up or the process ends. */
  async during<T>(job: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const work = job(AbortSignal.any([this.#ending, AbortSignal.timeout(this.limits.jobMs)]));
    this.#jobs.add(work);
    try {
      return await work;
    } finally {
      this.#jobs.delete(work);
    }
  }

  /**
   * Waits for a place, downloads one file and has it transcribed.
   *
   * @param maxMs - how long the file may play
   * @returns how long it played, and whether that was the whole file
   * @throws {AudioError | SttError} when something is wrong with the file or the recogniser
   * @throws the signal's reason; `hearing.text` then has the text so far
   */
  async transcribe(
    guildId: GuildId,
    source: AudioSource,
    options: SttOptions,
    maxMs: number,
    hearing: AudioHearing,
    signal: AbortSignal,
  ): Promise<{ readonly heardMs: number; readonly outcome: AudioOutcome }> {
    this.#refuse(source, maxMs);
    await this.#place(guildId, hearing, signal);
    const meter = new FileMeter(guildId, this.#budget);
    try {
      await meter.refuse();
      hearing.progress({ phase: 'loading' });
      const bytes = await source.load(this.limits.maxBytes, signal);
      let heardMs = 0;
      const listener = {
        segment: hearing.text.hear.bind(hearing.text),
        leftOut: hearing.leftOut.bind(hearing),
        progress: (sentMs: number, ofMs = source.statedMs) => {
          meter.sent(sentMs);
          heardMs = ofMs === undefined ? sentMs : Math.min(sentMs, ofMs); // without the closing silence
          hearing.progress({ phase: 'hearing', sentMs: heardMs, ...(ofMs === undefined ? undefined : { ofMs }) });
        },
        startedOver: () => {
          meter.startedOver();
          hearing.text.clear();
          hearing.progress({ phase: 'waiting' });
        },
      };
      const file = { name: source.name, bytes };
      const outcome = await this.#transcriber.transcribeAudio(file, options, maxMs, listener, meter.within(signal));
      return { heardMs, outcome };
    } finally {
      await meter.close();
      this.#running.splice(this.#running.indexOf(guildId), 1);
      this.#admit();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#jobs);
  }

  /** Refuses what is known to be too large or too long before it is downloaded. */
  #refuse({ sizeBytes, statedMs }: AudioSource, maxMs: number): void {
    if (sizeBytes > this.limits.maxBytes) throw new AudioError('too-large', 'The file is too large.');
    if (statedMs !== undefined && statedMs > maxMs) throw new AudioError('too-long', 'The file plays for too long.');
  }

  async #place(guildId: GuildId, hearing: AudioHearing, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { waitingPerGuild } = this.limits;
    if (this.#waiting.filter((waiter) => waiter.guildId === guildId).length >= waitingPerGuild) {
      throw new AudioError('busy', `${waitingPerGuild} files of this server are already waiting.`);
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter = { guildId, enter: resolve };
    const leave = () => {
      const at = this.#waiting.indexOf(waiter);
      if (at === -1) return; // it got its place at the same moment
      this.#waiting.splice(at, 1);
      reject(signal.reason);
    };
    this.#waiting.push(waiter);
    signal.addEventListener('abort', leave, { once: true });
    this.#admit();
    if (this.#waiting.includes(waiter)) hearing.progress({ phase: 'waiting' });
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  /** Gives free places to whoever has waited longest, among servers that may have another place. */
  #admit(): void {
    const { atOnce, atOncePerGuild } = this.limits;
    while (this.#running.length < atOnce) {
      const held = (guildId: GuildId) => this.#running.filter((other) => other === guildId).length;
      const next = this.#waiting.findIndex(({ guildId }) => held(guildId) < atOncePerGuild);
      const [waiter] = next === -1 ? [] : this.#waiting.splice(next, 1);
      if (waiter === undefined) return;
      this.#running.push(waiter.guildId);
      waiter.enter();
    }
  }
}
