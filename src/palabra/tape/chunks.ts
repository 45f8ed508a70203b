import type { PacketDecoder } from '../../core/pcm.ts';

/** 320 ms, as the API document recommends: 30,720 bytes at 48 kHz. */
export const CHUNK_MS = 320;

/** The lengths of pieces that divide a chunk, so that no piece lies across two chunks. */
export type WatchedChunkMs = 80 | 160 | 320;
export const WATCHED_CHUNK_MS = 160;
const MIN_SPARE = 4;
const LETTING_GO = 1 / 500; // of the peak is forgotten with each chunk given back: within seconds in a large meeting

/** How tapes keep audio. */
export interface Keeping {
  readonly keepsSamples: boolean; // until they are sent; otherwise packets from the beginning
  readonly grain: number; // silence comes in multiples of so many samples
}

const AS_SAMPLES: Keeping = { keepsSamples: true, grain: 1 };

/** A chunk's memory: as bytes for the socket, as samples for everything else. */
export interface Chunk {
  readonly bytes: Uint8Array;
  readonly samples: Int16Array; // in the machine's byte order: little-endian wherever Node 24 runs
}

/**
 * Keeps the memory for speech that is not text yet, for all speakers of the process.
 *
 * Chunks that are given back are reused for the next speech. To the garbage collector they are old memory: letting them
 * go would make it go through the whole heap.
 */
export class ChunkStore {
  readonly samplesPerChunk: number;
  /** Makes a decoder for audio that is kept as packets; missing: all audio is kept as samples. */
  readonly decoderOf: (() => PacketDecoder) | undefined;
  readonly keeping: Keeping;
  readonly #maxBytes: number;
  readonly #spare: Chunk[] = [];
  #lent = 0;
  #elsewhere = 0; // bytes that hold speech outside the chunks
  #peak = 0; // the most chunks that were lent at once lately

  constructor(sampleRateHz: number, maxBytes: number, decoderOf?: () => PacketDecoder, keeping = AS_SAMPLES) {
    this.samplesPerChunk = (sampleRateHz * CHUNK_MS) / 1000;
    this.#maxBytes = maxBytes;
    this.decoderOf = decoderOf;
    this.keeping = keeping;
  }

  /** Bytes of memory that hold speech. */
  get heldBytes(): number {
    return this.#lent * this.samplesPerChunk * 2 + this.#elsewhere;
  }

  /** Whether the memory is used up: a chunk has to be given back before another one is lent. */
  get exhausted(): boolean {
    return this.heldBytes + this.samplesPerChunk * 2 > this.#maxBytes;
  }

  /** Counts bytes that hold speech outside the chunks; negative when they are freed. */
  hold(bytes: number): void {
    this.#elsewhere += bytes;
  }

  /** Lends a chunk, which still contains the audio of its last user. */
  lend(): Chunk {
    this.#lent += 1;
    this.#peak = Math.max(this.#peak, this.#lent);
    const spare = this.#spare.pop();
    if (spare !== undefined) return spare;
    const samples = new Int16Array(this.samplesPerChunk);
    return { samples, bytes: new Uint8Array(samples.buffer) };
  }

  giveBack(chunk: Chunk): void {
    this.#lent -= 1;
    this.#spare.push(chunk);
    this.#peak = this.#lent === 0 ? 0 : this.#peak - (this.#peak - this.#lent) * LETTING_GO;
    const kept = Math.max(MIN_SPARE, Math.ceil(this.#peak) - this.#lent);
    if (this.#spare.length > kept) this.#spare.length = kept;
  }
}
