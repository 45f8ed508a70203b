import type { PacketDecoder } from '../../core/pcm.ts';

/** 320 ms, as the API document recommends: 30,720 bytes at 48 kHz. */
export const CHUNK_MS = 320;

/** The lengths of pieces that divide a chunk, so that no piece lies across two chunks. */
export type WatchedChunkMs = 80 | 160 | 320;
export const WATCHED_CHUNK_MS = 160;
const BLOCKS = 4; // in a chunk: one that is half written takes half of its memory
const MIN_SPARE = 4;
const LETTING_GO = 1 / 2_000; // of the peak is forgotten with each block given back: within seconds in a large meeting

/** How tapes keep audio. */
export interface Keeping {
  readonly keepsSamples: boolean; // until they are sent; otherwise packets from the beginning
  readonly grain: number; // silence comes in multiples of so many samples
}

const AS_SAMPLES: Keeping = { keepsSamples: true, grain: 1 };

/**
 * Keeps the memory for speech that is not text yet, for all speakers of the process.
 *
 * It is lent in blocks of 80 ms. Those that are given back are reused for the next speech. To the garbage collector they
 * are old memory: letting them go would make it go through the whole heap.
 */
export class ChunkStore {
  readonly samplesPerChunk: number;
  readonly samplesPerBlock: number;
  /** Room for one chunk, for whoever needs its samples in one piece for a moment. */
  readonly scratch: Int16Array;
  /** Makes a decoder for audio that is kept as packets; missing: all audio is kept as samples. */
  readonly decoderOf: (() => PacketDecoder) | undefined;
  readonly keeping: Keeping;
  readonly #maxBytes: number;
  readonly #spare: Int16Array[] = [];
  #lent = 0;
  #elsewhere = 0; // bytes that hold speech outside the blocks
  #peak = 0; // the most blocks that were lent at once lately

  constructor(sampleRateHz: number, maxBytes: number, decoderOf?: () => PacketDecoder, keeping = AS_SAMPLES) {
    this.samplesPerChunk = (sampleRateHz * CHUNK_MS) / 1000;
    this.samplesPerBlock = this.samplesPerChunk / BLOCKS;
    this.scratch = new Int16Array(this.samplesPerChunk);
    this.#maxBytes = maxBytes;
    this.decoderOf = decoderOf;
    this.keeping = keeping;
  }

  /** Bytes of memory that hold speech. */
  get heldBytes(): number {
    return this.#lent * this.samplesPerBlock * 2 + this.#elsewhere;
  }

  /** Whether the memory is used up: some has to be given back before more is lent. */
  get exhausted(): boolean {
    return this.heldBytes + this.samplesPerBlock * 2 > this.#maxBytes;
  }

  /** Counts bytes that hold speech outside the blocks; negative when they are freed. */
  hold(bytes: number): void {
    this.#elsewhere += bytes;
  }

  /** Lends a block, which still contains the audio of its last user. */
  lend(): Int16Array {
    this.#lent += 1;
    this.#peak = Math.max(this.#peak, this.#lent);
    return this.#spare.pop() ?? new Int16Array(this.samplesPerBlock);
  }

  giveBack(block: Int16Array): void {
    this.#lent -= 1;
    this.#spare.push(block);
    this.#peak = this.#lent === 0 ? 0 : this.#peak - (this.#peak - this.#lent) * LETTING_GO;
    const kept = Math.max(MIN_SPARE, Math.ceil(this.#peak) - this.#lent);
    if (this.#spare.length > kept) this.#spare.length = kept;
  }
}
