/** 320 ms, as the API document recommends: 30,720 bytes at 48 kHz. */
export const CHUNK_MS = 320;
const MAX_SPARE = 64; // 2 MB at 48 kHz

/** A chunk's memory, seen as bytes for the socket and as samples for everybody else. */
export interface Chunk {
  readonly bytes: Uint8Array;
  readonly samples: Int16Array; // in the machine's byte order: little-endian wherever Node 24 runs
}

/** The memory in which speech is kept until it is safely text, shared by all speakers of the process. */
export class ChunkStore {
  readonly #samplesPerChunk: number;
  readonly #maxChunks: number;
  readonly #spare: Chunk[] = [];
  #lent = 0;

  constructor(sampleRateHz: number, maxBytes: number) {
    this.#samplesPerChunk = (sampleRateHz * CHUNK_MS) / 1000;
    this.#maxChunks = Math.floor(maxBytes / (this.#samplesPerChunk * 2));
  }

  /** Memory that is lent. */
  get heldBytes(): number {
    return this.#lent * this.#samplesPerChunk * 2;
  }

  /** Whether as much is lent as may be: whoever wants another chunk gives one back first. */
  get exhausted(): boolean {
    return this.#lent >= this.#maxChunks;
  }

  /** A chunk with whatever its last owner left in it. */
  lend(): Chunk {
    this.#lent += 1;
    const spare = this.#spare.pop();
    if (spare !== undefined) return spare;
    const samples = new Int16Array(this.#samplesPerChunk);
    return { samples, bytes: new Uint8Array(samples.buffer) };
  }

  giveBack(chunk: Chunk): void {
    this.#lent -= 1;
    if (this.#spare.length < MAX_SPARE) this.#spare.push(chunk);
  }
}
