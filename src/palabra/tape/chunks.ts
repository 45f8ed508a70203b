import type { PacketDecoder } from '../../core/pcm.ts';

/** 320 ms, as the API document recommends: 30,720 bytes at 48 kHz. */
export const CHUNK_MS = 320;

/** Parts of a chunk, so that pieces never lie across two. */
export type WatchedChunkMs = 80 | 160 | 320;
export const WATCHED_CHUNK_MS = 160;
const MIN_SPARE = 4;
const LETTING_GO = 1 / 500; // of what is spare, with each chunk that comes back: some seconds in a large meeting

/** A chunk's memory, seen as bytes for the socket and as samples for everybody else. */
export interface Chunk {
  readonly bytes: Uint8Array;
  readonly samples: Int16Array; // in the machine's byte order: little-endian wherever Node 24 runs
}

/**
 * The memory in which speech is kept until it is safely text, shared by all speakers of the process.
 *
 * What was needed a moment ago is kept for the next speech: to the garbage collector it is old memory, and to throw it
 * away makes it go through the whole heap.
 */
export class ChunkStore {
  readonly samplesPerChunk: number;
  /** Brings back what is kept as packets; missing: everything is kept as samples. */
  readonly decoderOf: (() => PacketDecoder) | undefined;
  readonly #maxBytes: number;
  readonly #spare: Chunk[] = [];
  #lent = 0;
  #elsewhere = 0; // bytes
  #peak = 0; // as much was lent at once lately

  constructor(sampleRateHz: number, maxBytes: number, decoderOf?: () => PacketDecoder) {
    this.samplesPerChunk = (sampleRateHz * CHUNK_MS) / 1000;
    this.#maxBytes = maxBytes;
    this.decoderOf = decoderOf;
  }

  /** Memory that holds speech. */
  get heldBytes(): number {
    return this.#lent * this.samplesPerChunk * 2 + this.#elsewhere;
  }

  /** Whether as much is held as may be: whoever wants another chunk gives one back first. */
  get exhausted(): boolean {
    return this.heldBytes + this.samplesPerChunk * 2 > this.#maxBytes;
  }

  /** Speech is kept in so many bytes more besides the chunks, or fewer. */
  hold(bytes: number): void {
    this.#elsewhere += bytes;
  }

  /** A chunk with whatever its last owner left in it. */
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
