import type { ChunkStore } from './chunks.ts';

/** The samples of a chunk that is being written and sent, in blocks that are taken as they are needed. */
export class Chunk {
  readonly #store: ChunkStore;
  readonly #blocks: Int16Array[] = []; // in the machine's byte order: little-endian wherever Node 24 runs

  constructor(store: ChunkStore) {
    this.#store = store;
  }

  /** Writes samples that follow those before, or replace some of them. */
  write(samples: Int16Array, at: number): void {
    const size = this.#store.samplesPerBlock;
    for (let done = 0; done < samples.length; ) {
      const offset = (at + done) % size;
      const count = Math.min(samples.length - done, size - offset);
      // The common case copies the whole frame at once, without making a view of it.
      this.#blockAt(at + done).set(count === samples.length ? samples : samples.subarray(done, done + count), offset);
      done += count;
    }
  }

  writeSilence(at: number, count: number): void {
    const size = this.#store.samplesPerBlock;
    for (let done = 0; done < count; ) {
      const offset = (at + done) % size;
      const more = Math.min(count - done, size - offset);
      this.#blockAt(at + done).fill(0, offset, offset + more);
      done += more;
    }
  }

  /** Its samples in one piece, in memory that all chunks share: to be used at once. */
  read(): Int16Array {
    const { scratch, samplesPerBlock } = this.#store;
    for (let i = 0; i < this.#blocks.length; i++) {
      const block = this.#blocks[i];
      if (block !== undefined) scratch.set(block, i * samplesPerBlock);
    }
    return scratch;
  }

  dispose(): void {
    for (const block of this.#blocks.splice(0)) this.#store.giveBack(block);
  }

  #blockAt(sample: number): Int16Array {
    const index = Math.floor(sample / this.#store.samplesPerBlock);
    let block = this.#blocks[index];
    if (block === undefined) {
      block = this.#store.lend();
      this.#blocks[index] = block;
    }
    return block;
  }
}
