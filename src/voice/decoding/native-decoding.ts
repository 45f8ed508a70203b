import type { Native, NativeVoice } from '../native/native.ts';
import { type SampleRateHz, samplesIn } from './decoder.ts';
import type { Decoding, StreamDecoder, TakeSamples } from './decoding.ts';
import { DecodingLoad } from './decoding-load.ts';

const ROOM = 2_048; // packets that the thread holds at most, by thread.c: a fifth of a second of 200 people
const MOST_SPARE = 16; // buffers that wait to be used again

/** A call that waits for its answer: for a packet's samples, or only for its turn. */
interface Job {
  readonly stream?: Stream; // referenced here, so that all memory that the thread uses stays alive
  readonly packet?: Buffer;
  readonly samples?: Int16Array;
  readonly take: TakeSamples;
}

/**
 * Decodes with the addon: at once while few people talk, and on the addon's thread while many do.
 *
 * Decoding is more than half of the cost of hearing people. On a thread it holds nothing else up, for 2 % more
 * processor time: with 200 people on a machine whose cores others use too, the delay of the event loop falls to a
 * twentieth (docs/performance.md).
 */
export class NativeDecoding {
  static readonly #ofAddon = new WeakMap<NativeVoice, NativeDecoding>();
  readonly #native: NativeVoice;
  readonly #load = new DecodingLoad();
  readonly #jobs: Job[] = []; // oldest first
  readonly #made: number[] = []; // the thread's results that were not passed on yet
  readonly #results = new Int32Array(256);
  readonly #spare: Int16Array[] = [];
  #thread: Native<'thread'> | undefined;
  #underWay = 0; // packets that the thread has

  private constructor(native: NativeVoice) {
    this.#native = native;
  }

  /** The one decoding that the whole process shares. */
  static of(native: NativeVoice): NativeDecoding {
    const known = NativeDecoding.#ofAddon.get(native);
    if (known) return known;
    const made = new NativeDecoding(native);
    NativeDecoding.#ofAddon.set(native, made);
    return made;
  }

  /** Decoding for streams at this rate. */
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

  /** Fetches the thread's results and passes them on. A callback may decode more, or call `settle`. */
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
  #last: Int16Array | undefined; // the samples that were passed on last
  #before: Int16Array | undefined; // and those before them

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

  /** Samples are about to be passed on: nobody needs those before the last ones any more. */
  delivering(samples: Int16Array): void {
    if (this.#before !== undefined) this.#decoding.giveBack(this.#before);
    this.#before = this.#last;
    this.#last = samples;
  }
}
