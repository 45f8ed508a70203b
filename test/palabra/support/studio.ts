import { EventEmitter, once } from 'node:events';
import opus from '@discordjs/opus';
import type { VoiceFrame } from '../../../src/core/pcm.ts';
import type { SttNotice, SttOptions, SttStream } from '../../../src/core/ports/speech-to-text.ts';
import type { TranscriptSegment } from '../../../src/core/segment.ts';
import { type MeetingClock, startClock } from '../../../src/core/time/clock.ts';
import { type PalabraOptions as ClientOptions, PalabraTranscriber } from '../../../src/palabra/transcriber.ts';
import { decodersOf } from '../../../src/voice/index.ts';
import { LevelMeter } from '../../../src/voice/passing-on/level-meter.ts';
import { type PalabraOptions, type PalabraSimulator, startPalabra } from '../../simulators/palabra/index.ts';
import { speak } from '../../simulators/speech/index.ts';
import { LogBook } from '../../support/log-book.ts';

const FRAME_MS = 20;
const JITTER_BUFFER_MS = 60; // frames reach the recogniser's client this long after they were spoken
const PATIENCE_MS = 15_000;

/** The formats in which audio goes to the recogniser. */
export const FORMATS = [{ format: 'pcm_s16le' }, { format: 'ogg' }] as const;

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
    this.#sampleRateHz = options.format === 'ogg' ? 48_000 : (options.sampleRateHz ?? 16_000); // the cheapest to simulate
    this.transcriber = new PalabraTranscriber({
      apiUrl: palabra.apiUrl,
      streamUrl: palabra.streamUrl,
      credentials: [palabra.credentials],
      sampleRateHz: this.#sampleRateHz,
      finalize: false,
      log: this.log,
      random: () => 0.5,
      ...(options.format === 'ogg' && { decoderOf: decodersOf(48_000, undefined) }),
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
  return new Studio(await startPalabra({ strictOgg: client.format === 'ogg', ...server }), client);
}

/** Opens studios whose client sends this format. */
export function studioOf(format: (typeof FORMATS)[number]['format']): typeof studio {
  return (server, client) => studio(server, { format, ...client });
}

/** One speaker, with all segments and notices of their stream. */
export class Person extends EventEmitter<{ news: [] }> {
  readonly stream: SttStream;
  readonly segments: TranscriptSegment[] = [];
  readonly notices: SttNotice[] = [];
  readonly #clock: MeetingClock;
  readonly #sampleRateHz: number;
  readonly #transcriber: PalabraTranscriber;
  /** Whether they stop as Discord's clients do: with frames of silence, which say that nothing is on its way. */
  announces = true;
  #isResting = false;

  constructor(
    name: string,
    transcriber: PalabraTranscriber,
    options: SttOptions,
    clock: MeetingClock,
    sampleRateHz: number,
  ) {
    super();
    this.#clock = clock;
    this.#transcriber = transcriber;
    this.#sampleRateHz = sampleRateHz;
    const notify = (notice: SttNotice) => {
      this.notices.push(notice);
      this.emit('news');
    };
    this.stream = transcriber.open(name, options, clock, notify, () => this.#isResting);
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
    const voice = this.#transcriber.takesPackets ? coded(samples) : decoded(samples, this.#sampleRateHz);
    const frames = voice.length;
    this.#isResting = false;
    const { promise, resolve } = Promise.withResolvers<void>();
    let sent = 0;
    const timer = setInterval(() => {
      const due = Math.min(frames, Math.floor((this.#clock.nowMs() - startMs - JITTER_BUFFER_MS) / FRAME_MS));
      for (; sent < due; sent++) {
        const frame = voice[sent];
        if (frame) this.stream.send({ ...frame, startMs: startMs + sent * FRAME_MS });
      }
      if (sent === frames) resolve();
    }, FRAME_MS);
    await promise;
    clearInterval(timer);
    this.#isResting = this.announces;
    return startMs;
  }

  /** Waits until something is true; checked whenever a segment or notice comes. */
  async until(isTrue: () => boolean): Promise<void> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    while (!isTrue()) await once(this, 'news', { signal });
  }

  async #listen(): Promise<void> {
    for await (const segment of this.stream.segments(new AbortController().signal)) {
      this.segments.push(segment);
      this.emit('news');
    }
    this.emit('news');
  }
}

/** A sound as the voice room gives it where it decodes. */
function decoded(samples: Int16Array, sampleRateHz: number): VoiceFrame[] {
  const count = (sampleRateHz * FRAME_MS) / 1000;
  return Array.from({ length: Math.floor(samples.length / count) }, (_, i) => ({
    samples: samples.subarray(i * count, (i + 1) * count),
    sampleRateHz,
    startMs: 0,
  }));
}

/** A sound at 48 kHz as the voice room gives it where packets are passed on; one frame more, as the encoder delays. */
function coded(samples: Int16Array): VoiceFrame[] {
  const sampleRateHz = 48_000;
  const count = (sampleRateHz * FRAME_MS) / 1000;
  const encoder = new opus.OpusEncoder(sampleRateHz, 1);
  encoder.setBitrate(64_000);
  const meter = new LevelMeter();
  return Array.from({ length: Math.floor(samples.length / count) + 1 }, (_, i) => {
    const frame = new Int16Array(count);
    frame.set(samples.subarray(i * count, (i + 1) * count));
    const packet = encoder.encode(Buffer.from(frame.buffer));
    return { packet, count, level: meter.levelOf(packet) ?? 0, sampleRateHz, startMs: 0 };
  });
}
