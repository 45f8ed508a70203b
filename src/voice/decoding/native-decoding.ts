import type { Native, NativeVoice } from '../native/native.ts';
import { type SampleRateHz, samplesIn } from './decoder.ts';
import type { Decoding, StreamDecoder, TakeSamples } from './decoding.ts';
import { DecodingLoad } from './decoding-load.ts';

const ROOM = 2_048; // packets under way, by thread.c: a fifth of a second of 200 people
const MOST_SPARE = 16; // frames' memory that waits to be used again

/** Something that was asked for: a packet's samples, or only to be called in turn. */
interface Job {
  readonly stream?: Stream; // is kept alive with all that the thread reads and writes
  readonly packet?: Buffer;
  readonly samples?: Int16Array;
  readonly take: TakeSamples;
}

/**
 * Decodes with the addon: at once while few people talk, and on a thread of the addon's while many do.
 *
 * Decoding is more than half of what hearing people costs. Beside JavaScript it holds nothing else up, for 2 % more of
 * the processor: with 200 people on a machine whose cores others use too, the loop's delay is a twentieth
 * (docs/performance.md).
 */
export class NativeDecoding {
  static readonly #ofAddon = new WeakMap<NativeVoice, NativeDecoding>();
  readonly #native: NativeVoice;
  readonly #load = new DecodingLoad();
  readonly #jobs: Job[] = []; // oldest first
  readonly #made: number[] = []; // the thread's results that were not handed on yet
  readonly #results = new Int32Array(256);
  readonly #spare: Int16Array[] = [];
  #thread: Native<'thread'> | undefined;
  #underWay = 0; // packets the thread has

  private constructor(native: NativeVoice) {
    this.#native = native;
  }

  /** What the whole process shares. */
  static of(native: NativeVoice): NativeDecoding {
    const known = NativeDecoding.#ofAddon.get(native);
    if (known) return known;
    const made = new NativeDecoding(native);
    NativeDecoding.#ofAddon.set(native, made);
    return made;
  }

  /** For streams that are wanted at this rate. */
  decodingAt(sampleRateHz: SampleRateHz): Decoding {
    return {
      createDecoder: () => new Stream(this, this.#native.createDecoder(sampleRateHz), sampleRateHz),
      settle: () => this.settle(),
    };
  }

  decode(stream: Stream, packet: Buffer, count: number, take: TakeSamples): void {
    this.#load.countPacket();
    const spare = this.#spare.at(-1)?.length === count ? this.#spare.pop() : undefined;
    const samples = spare ?? new Int16Array(count);
    if (this.#load.isHigh || this.#jobs.length > 0) this.#pushJob({ stream, packet, samples, take });
    else this.#deliver(stream, samples, this.#native.decode(stream.decoder, packet, samples), take);
  }

  inTurn(then: () => void): void {
    if (this.#jobs.length === 0) then();
    else this.#jobs.push({ take: then });
  }

  settle(): void {
    this.#takeResults(true);
  }

  giveBack(samples: Int16Array): void {
    if (this.#spare.length < MOST_SPARE) this.#spare.push(samples);
  }

  #pushJob(job: Job & { stream: Stream; packet: Buffer; samples: Int16Array }): void {
    if (this.#underWay === ROOM) this.settle();
    this.#thread ??= this.#native.startDecoding(() => this.#takeResults(false));
    this.#native.pushPacket(this.#thread, job.stream.decoder, job.packet, job.samples);
    this.#underWay += 1;
    this.#jobs.push(job);
  }

  /** Fetches what the thread has made, and hands it on. Whoever gets it may ask for more, or for everything. */
  #takeResults(all: boolean): void {
    if (this.#thread !== undefined && this.#underWay > 0) {
      let count: number;
      do {
        count = this.#native.takeDecoded(this.#thread, this.#results, all);
        for (let i = 0; i < count; i++) this.#made.push(this.#results[i] ?? 0);
      } while (count === this.#results.length);
    }
    for (let job = this.#nextJob(); job !== undefined; job = this.#nextJob()) this.#finishJob(job);
  }

  /** The oldest job, if its result is there. */
  #nextJob(): Job | undefined {
    const isReady = this.#jobs[0]?.packet === undefined || this.#made.length > 0;
    return isReady ? this.#jobs.shift() : undefined;
  }

  #finishJob({ stream, samples, take }: Job): void {
    if (stream === undefined || samples === undefined) {
      take(undefined);
      return;
    }
    this.#underWay -= 1;
    this.#deliver(stream, samples, this.#made.shift() ?? 0, take);
  }

  #deliver(stream: Stream, samples: Int16Array, made: number, take: TakeSamples): void {
    stream.delivering(samples);
    take(made === samples.length ? samples : undefined);
  }
}

class Stream implements StreamDecoder {
  readonly decoder: Native<'decoder'>;
  readonly #decoding: NativeDecoding;
  readonly #sampleRateHz: number;
  #last: Int16Array | undefined; // what was handed on
  #before: Int16Array | undefined; // and before that

  constructor(decoding: NativeDecoding, decoder: Native<'decoder'>, sampleRateHz: number) {
    this.#decoding = decoding;
    this.decoder = decoder;
    this.#sampleRateHz = sampleRateHz;
  }

  decode(packet: Buffer, take: TakeSamples): void {
    const count = samplesIn(packet, this.#sampleRateHz);
    if (count === undefined) this.inTurn(() => take(undefined));
    else this.#decoding.decode(this, packet, count, take);
  }

  inTurn(then: () => void): void {
    this.#decoding.inTurn(then);
  }

  /** Samples are about to be handed on: those before the last ones are nobody's any more. */
  delivering(samples: Int16Array): void {
    if (this.#before !== undefined) this.#decoding.giveBack(this.#before);
    this.#before = this.#last;
    this.#last = samples;
  }
}
