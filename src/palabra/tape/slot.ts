import { Chunk } from './chunk.ts';
import type { ChunkStore } from './chunks.ts';
import { Notes } from './notes.ts';

const WARM_UP = 8; // packets, 160 ms: how much of the past influences a decoder
const MAX_PLAIN = 1 / 4; // of a slot may have no packets: with more, putting it away saves little
const FIRST_BYTES = 3_072; // 76 kbit/s: more than Discord's usual 64
const WORTH_CUTTING = 7 / 8; // with less of its memory filled, it is cut to size: usual speech fills five sixths
const NOTHING = Buffer.alloc(0);

/** A packet on a tape, with the samples that it becomes. */
export interface CodedPiece {
  readonly packet: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/**
 * One chunk of a tape.
 *
 * While it is written and sent it holds samples. Then it is put away: it keeps the packets that these were decoded from,
 * in a tenth of the memory, and decodes them once more in the rare case that a socket was lost. Where packets are passed
 * on it holds packets from the beginning.
 */
export class Slot {
  readonly #store: ChunkStore;
  readonly #notes = new Notes();
  #plain: Map<number, Int16Array> | undefined; // note -> samples, where no packet is known
  #chunk: Chunk | undefined;
  #packets: Buffer = NOTHING; // its first `#used` bytes are filled
  #used = 0;
  #heldBytes = 0; // of those that the store counts besides the chunk

  constructor(store: ChunkStore) {
    this.#store = store;
    this.#chunk = store.keeping.keepsSamples ? new Chunk(store) : undefined;
  }

  /** Whether it holds samples. */
  get isOpen(): boolean {
    return this.#chunk !== undefined;
  }

  /**
   * Writes samples.
   *
   * @param packet - the packet that they were decoded from
   * @param skip - the first of its samples that is written here
   */
  write(samples: Int16Array, at: number, packet: Uint8Array | undefined, skip: number): void {
    this.#chunk?.write(samples, at);
    if (this.#store.decoderOf === undefined) return;
    if (packet !== undefined) this.#keepPacket(packet);
    else if (this.#chunk === undefined) this.#keepPlain(this.#notes.length, samples.slice());
    this.#notes.add(at, samples.length, skip, packet?.length ?? 0);
    this.#countBytes();
  }

  /** Writes a packet that nobody has decoded, for `count` samples. */
  writePacket(packet: Uint8Array, at: number, count: number, skip: number): void {
    if (this.#chunk !== undefined) this.#close(this.#chunk); // begun when samples were expected
    this.#keepPacket(packet);
    this.#notes.add(at, count, skip, packet.length);
    this.#countBytes();
  }

  writeSilence(at: number, count: number): void {
    this.#chunk?.writeSilence(at, count);
  }

  /** Its samples as bytes, decoded anew where it was put away. To be used before another slot is read or written. */
  bytes(previous: Slot | undefined): Uint8Array {
    const samples = this.#chunk?.read() ?? this.#decoded(previous);
    return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  }

  /** Puts the slot away: gives the samples' memory back where packets can replace them. */
  putAway(): void {
    const chunk = this.#chunk;
    if (chunk === undefined || this.#store.decoderOf === undefined) return;
    if (this.#unknown() > this.#store.samplesPerChunk * MAX_PLAIN) return;
    this.#close(chunk);
  }

  dispose(): void {
    this.#chunk?.dispose();
    this.#store.hold(-this.#heldBytes);
  }

  /**
   * Appends its packets to `pieces`, in order. A packet that reached in from the slot before makes the last piece longer.
   *
   * @param start - the number of the slot's first sample on the tape
   */
  readPackets(start: number, pieces: CodedPiece[]): void {
    let used = 0;
    for (let i = 0; i < this.#notes.length; i++) {
      const bytes = this.#notes.bytes(i);
      const from = start + this.#notes.at(i);
      const to = from + this.#notes.count(i);
      if (bytes > 0 && this.#notes.skip(i) === 0) {
        pieces.push({ packet: this.#packets.subarray(used, used + bytes), from, to });
      } else if (bytes > 0) {
        const before = pieces.pop();
        if (before !== undefined) pieces.push({ ...before, to });
      }
      used += bytes;
    }
  }

  /** Its last packets, oldest first. @param apart - leaves out the newest, which reaches into the next slot */
  lastPackets(apart: boolean): readonly Buffer[] {
    const packets: Buffer[] = [];
    let to = this.#used;
    for (let i = this.#notes.length - 1; i >= 0 && packets.length < WARM_UP; i--) {
      const from = to - this.#notes.bytes(i);
      if (from < to) packets.unshift(this.#packets.subarray(from, to));
      to = from;
    }
    return apart ? packets.slice(0, -1) : packets;
  }

  get #putAwayBytes(): number {
    let bytes = this.#packets.length;
    for (const samples of this.#plain?.values() ?? []) bytes += samples.byteLength;
    return bytes;
  }

  /** How many samples have no known packet. */
  #unknown(): number {
    let count = 0;
    for (let i = 0; i < this.#notes.length; i++) if (this.#notes.bytes(i) === 0) count += this.#notes.count(i);
    return count;
  }

  /** Gives the samples back, and keeps those that no packet can replace. */
  #close(chunk: Chunk): void {
    let samples: Int16Array | undefined;
    for (let i = 0; i < this.#notes.length; i++) {
      if (this.#notes.bytes(i) > 0) continue;
      samples ??= chunk.read();
      const at = this.#notes.at(i);
      this.#keepPlain(i, samples.slice(at, at + this.#notes.count(i)));
    }
    if (this.#used < this.#packets.length * WORTH_CUTTING)
      this.#packets = ownCopy(this.#packets.subarray(0, this.#used));
    this.#chunk = undefined;
    chunk.dispose();
    this.#countBytes();
  }

  #keepPlain(note: number, samples: Int16Array): void {
    this.#plain ??= new Map();
    this.#plain.set(note, samples);
  }

  /** Tells the store what it holds, unless that is on the chunk's account. */
  #countBytes(): void {
    if (this.#chunk !== undefined) return;
    const bytes = this.#putAwayBytes;
    this.#store.hold(bytes - this.#heldBytes);
    this.#heldBytes = bytes;
  }

  #decoded(previous: Slot | undefined): Int16Array {
    const samples = new Int16Array(this.#store.samplesPerChunk);
    const decoder = this.#store.decoderOf?.();
    const notes = this.#notes;
    const isSplit = notes.skip(0) > 0;
    for (const packet of previous?.lastPackets(isSplit) ?? []) decoder?.decode(packet);
    let from = 0;
    for (let i = 0; i < notes.length; i++) {
      const to = from + notes.bytes(i);
      const skip = notes.skip(i);
      const end = skip + notes.count(i);
      const made = this.#plain?.get(i) ?? decoder?.decode(this.#packets.subarray(from, to))?.subarray(skip, end);
      if (made !== undefined) put(made, samples, notes.at(i), notes.at(i) + notes.count(i));
      from = to;
    }
    return samples;
  }

  #keepPacket(packet: Uint8Array): void {
    const used = this.#used + packet.length;
    if (used > this.#packets.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#packets.length, used, FIRST_BYTES));
      larger.set(this.#packets.subarray(0, this.#used));
      this.#packets = larger;
    }
    this.#packets.set(packet, this.#used);
    this.#used = used;
  }
}

/** Copies decoded samples. Audio that had been stretched by a sample has its last one twice. */
function put(made: Int16Array, samples: Int16Array, from: number, to: number): void {
  samples.set(made, from);
  samples.fill(made.at(-1) ?? 0, from + made.length, to);
}

/** A copy outside Node's buffer pool, where it would keep 64 kB of unrelated bytes alive. */
function ownCopy(bytes: Uint8Array): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  copy.set(bytes);
  return copy;
}
