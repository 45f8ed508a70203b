import type { PacketDecoder } from '../../core/pcm.ts';
import type { Native, NativeVoice } from '../native/native.ts';
import { type SampleRateHz, samplesIn } from './decoder.ts';
import type { Decoding, StreamDecoder, TakeSamples } from './decoding.ts';
import { DecodingLoad } from './decoding-load.ts';

const MOST_SPARE = 16; // buffers that wait to be used again

/** A call that waits for its answer: for a packet's samples, or only for its turn. */
interface Job {
  readonly stream?: Stream; // referenced here, so that all memory that the thread uses stays alive
  readonly packet?: Buffer;
  readonly samples?: Int16Array;
  readonly take: TakeSamples;
}

/**
 * Decodes with the addon: at once for whoever cannot wait; for people who talk, at once while few do, and on the
 * addon's thread while many do.
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

  /** Decoders that never use the thread, such as for packets that a tape decodes anew. */
  decodersAt(sampleRateHz: SampleRateHz): () => PacketDecoder {
    return () => {
      const stream = new Stream(this, this.#native.createDecoder(sampleRateHz), sampleRateHz);
      return { decode: (packet) => stream.decodeNow(packet) };
    };
  }

  decode(stream: Stream, packet: Buffer, count: number, take: TakeSamples): void {
    this.#load.countPacket();
    if (this.#load.isHigh || this.#jobs.length > 0) {
      this.#pushJob({ stream, packet, samples: this.#takeSpare(count), take });
    } else take(this.decodeNow(stream, packet, count));
  }

  decodeNow(stream: Stream, packet: Buffer, count: number): Int16Array | undefined {
    const samples = this.#takeSpare(count);
    const made = this.#native.decode(stream.decoder, packet, samples);
    stream.delivering(samples);
    return made === count ? samples : undefined;
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
    this.#thread ??= this.#native.startDecoding(() => this.#takeResults(false));
    const push = (thread: Native<'thread'>) =>
      this.#native.pushPacket(thread, job.stream.decoder, job.packet, job.samples);
    while (push(this.#thread) === false) this.settle();
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
    const made = this.#made.shift() ?? 0;
    stream.delivering(samples);
    take(made === samples.length ? samples : undefined);
  }

  #takeSpare(count: number): Int16Array {
    const spare = this.#spare.at(-1)?.length === count ? this.#spare.pop() : undefined;
    return spare ?? new Int16Array(count);
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

  decodeNow(packet: Buffer): Int16Array | undefined {
    const count = samplesIn(packet, this.#sampleRateHz);
    return count === undefined ? undefined : this.#decoding.decodeNow(this, packet, count);
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
