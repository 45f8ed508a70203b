import { EventEmitter, once } from 'node:events';
import type { PcmFrame } from '../../../src/core/pcm.ts';
import type { SttNotice, SttOptions, SttStream } from '../../../src/core/ports/speech-to-text.ts';
import type { TranscriptSegment } from '../../../src/core/segment.ts';
import { type MeetingClock, startClock } from '../../../src/core/time/clock.ts';
import { type PalabraOptions as ClientOptions, PalabraTranscriber } from '../../../src/palabra/transcriber.ts';
import { type PalabraOptions, type PalabraSimulator, startPalabra } from '../../simulators/palabra/index.ts';
import { speak } from '../../simulators/speech/index.ts';
import { LogBook } from '../../support/log-book.ts';

const FRAME_MS = 20;
const JITTER_BUFFER_MS = 60; // frames reach the recogniser's client this long after they were spoken
const PATIENCE_MS = 15_000;

export const ENGLISH: SttOptions = { language: 'en', translateTo: [] };

/** A simulated recogniser, its client, and people who speak to it in real time. */
export class Studio implements AsyncDisposable {
  readonly palabra: PalabraSimulator;
  readonly transcriber: PalabraTranscriber;
  readonly clock: MeetingClock = startClock();
  readonly log = new LogBook();
  readonly #sampleRateHz: 48_000 | 24_000 | 16_000;

  constructor(palabra: PalabraSimulator, options: Partial<ClientOptions>) {
    this.palabra = palabra;
    this.#sampleRateHz = options.sampleRateHz ?? 16_000; // the cheapest to simulate
    this.transcriber = new PalabraTranscriber({
      apiUrl: palabra.apiUrl,
      streamUrl: palabra.streamUrl,
      credentials: [palabra.credentials],
      sampleRateHz: this.#sampleRateHz,
      finalize: false,
      log: this.log,
      random: () => 0.5,
      ...options,
    });
  }

  person(name: string, options: SttOptions = ENGLISH): Person {
    return new Person(name, this.transcriber, options, this.clock, this.#sampleRateHz);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.transcriber[Symbol.asyncDispose]();
    await this.palabra.close();
    if (this.log.defects.length > 0) throw new Error(`The transcriber logged defects: ${this.log.defects.join()}`);
  }
}

/** Opens a studio; its parts end with it. */
export async function studio(server: PalabraOptions = {}, client: Partial<ClientOptions> = {}): Promise<Studio> {
  return new Studio(await startPalabra(server), client);
}

/** One speaker, with all segments and notices of their stream. */
export class Person extends EventEmitter<{ news: [] }> {
  readonly stream: SttStream;
  readonly segments: TranscriptSegment[] = [];
  readonly notices: SttNotice[] = [];
  readonly #clock: MeetingClock;
  readonly #sampleRateHz: number;

  constructor(
    name: string,
    transcriber: PalabraTranscriber,
    options: SttOptions,
    clock: MeetingClock,
    sampleRateHz: number,
  ) {
    super();
    this.#clock = clock;
    this.#sampleRateHz = sampleRateHz;
    this.stream = transcriber.open(name, options, clock, (notice) => {
      this.notices.push(notice);
      this.emit('news');
    });
    void this.#listen();
  }

  get finals() {
    return this.segments.filter((segment) => segment.kind === 'final');
  }

  get said(): string[] {
    return this.finals.map(({ text }) => text);
  }

  translations(language: string): string[] {
    return this.segments.flatMap((each) =>
      each.kind === 'translation' && each.language === language ? each.text : [],
    );
  }

  /** Speaks a text in real time, as a jitter buffer hands it on. Returns when it began, on the meeting's clock. */
  async say(text: string): Promise<number> {
    return await this.sound(speak(text, this.#sampleRateHz));
  }

  /** Sends any sound in real time. */
  async sound(samples: Int16Array): Promise<number> {
    const startMs = this.#clock.nowMs();
    const frameSamples = (this.#sampleRateHz * FRAME_MS) / 1000;
    const frames = Math.floor(samples.length / frameSamples);
    const { promise, resolve } = Promise.withResolvers<void>();
    let sent = 0;
    const timer = setInterval(() => {
      const due = Math.min(frames, Math.floor((this.#clock.nowMs() - startMs - JITTER_BUFFER_MS) / FRAME_MS));
      for (; sent < due; sent++) this.stream.send(this.#frame(samples, sent, frameSamples, startMs));
      if (sent === frames) resolve();
    }, FRAME_MS);
    await promise;
    clearInterval(timer);
    return startMs;
  }

  /** Waits until something is true; checked whenever a segment or notice comes. */
  async until(isTrue: () => boolean): Promise<void> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    while (!isTrue()) await once(this, 'news', { signal });
  }

  #frame(samples: Int16Array, index: number, frameSamples: number, startMs: number): PcmFrame {
    return {
      samples: samples.subarray(index * frameSamples, (index + 1) * frameSamples),
      sampleRateHz: this.#sampleRateHz,
      startMs: startMs + index * FRAME_MS,
    };
  }

  async #listen(): Promise<void> {
    for await (const segment of this.stream.segments(new AbortController().signal)) {
      this.segments.push(segment);
      this.emit('news');
    }
    this.emit('news');
  }
}
