import type { Chunk, ChunkStore } from './chunks.ts';

const WARM_UP = 8; // packets, 160 ms: so much of the past shapes what a decoder makes of a packet
const MAX_PLAIN = 1 / 4; // of a slot without packets: with more, putting it away saves little
const FIRST_BYTES = 3_072; // 76 kbit/s: more than Discord's usual 64
const NOTHING = Buffer.alloc(0);

/** What a stretch of a slot's samples was made from. What has no note is silence. */
interface Note {
  readonly at: number; // its first sample, in the slot
  readonly count: number; // of samples
  readonly skip: number; // samples of the packet that belong to the slot before
  readonly from: number; // its packet, among the bytes of the slot's packets
  readonly to: number; // the same as `from`: no packet is known
  plain?: Int16Array; // the samples themselves, when the slot is put away and no packet is known
}

/**
 * One chunk of a timeline. While it is written and sent it holds samples; then it is put away as the packets that they
 * were decoded from, a tenth of the memory, which are decoded once more in the rare case that a socket was lost.
 */
export class Slot {
  readonly #store: ChunkStore;
  readonly #notes: Note[] = [];
  #chunk: Chunk | undefined;
  #packets: Buffer = NOTHING; // of which `#used` bytes are filled
  #used = 0;

  constructor(store: ChunkStore) {
    this.#store = store;
    this.#chunk = store.lend();
  }

  /** Whether it holds samples. */
  get isOpen(): boolean {
    return this.#chunk !== undefined;
  }

  /**
   * Writes samples into an open slot.
   *
   * @param packet - the packet that they come from, from its sample `skip` on
   */
  write(samples: Int16Array, at: number, packet: Uint8Array | undefined, skip: number): void {
    this.#chunk?.samples.set(samples, at);
    if (this.#store.decoderOf === undefined) return;
    const from = this.#used;
    if (packet !== undefined) this.#keep(packet);
    this.#notes.push({ at, count: samples.length, skip, from, to: this.#used });
  }

  writeSilence(at: number, count: number): void {
    this.#chunk?.samples.fill(0, at, at + count);
  }

  /** Its samples as bytes, to be read before anything else happens. Those that were put away are decoded anew. */
  bytes(previous: Slot | undefined): Uint8Array {
    if (this.#chunk !== undefined) return this.#chunk.bytes;
    const samples = this.#decoded(previous);
    return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  }

  /** Gives the samples' memory back where packets can stand in for them. */
  putAway(): void {
    const chunk = this.#chunk;
    if (chunk === undefined || this.#store.decoderOf === undefined) return;
    const unknown = this.#notes.filter(({ from, to }) => from === to);
    if (unknown.reduce((sum, { count }) => sum + count, 0) > chunk.samples.length * MAX_PLAIN) return;
    for (const note of unknown) note.plain = chunk.samples.slice(note.at, note.at + note.count);
    if (this.#used < this.#packets.length / 2) this.#packets = ownCopy(this.#packets.subarray(0, this.#used));
    this.#chunk = undefined;
    this.#store.giveBack(chunk);
    this.#store.hold(this.#putAwayBytes);
  }

  /** Makes a slot that was put away fit to be written again. */
  open(previous: Slot | undefined): void {
    if (this.#chunk !== undefined) return;
    this.#store.hold(-this.#putAwayBytes);
    const chunk = this.#store.lend();
    chunk.samples.set(this.#decoded(previous));
    this.#chunk = chunk;
  }

  dispose(): void {
    if (this.#chunk !== undefined) this.#store.giveBack(this.#chunk);
    else this.#store.hold(-this.#putAwayBytes);
  }

  /** The packets at its end, oldest first. @param apart - from the newest, which reaches into the next slot */
  lastPackets(apart: boolean): readonly Buffer[] {
    const packets = this.#notes.filter(({ from, to }) => to > from).slice(-WARM_UP);
    return (apart ? packets.slice(0, -1) : packets).map((note) => this.#packetOf(note));
  }

  get #putAwayBytes(): number {
    return this.#notes.reduce((sum, { plain }) => sum + (plain?.byteLength ?? 0), this.#packets.length);
  }

  #decoded(previous: Slot | undefined): Int16Array {
    const samples = new Int16Array(this.#store.samplesPerChunk);
    const decoder = this.#store.decoderOf?.();
    const isSplit = (this.#notes[0]?.skip ?? 0) > 0;
    for (const packet of previous?.lastPackets(isSplit) ?? []) decoder?.decode(packet);
    for (const note of this.#notes) {
      const { at, skip, count, plain } = note;
      const made = plain ?? decoder?.decode(this.#packetOf(note))?.subarray(skip, skip + count);
      if (made !== undefined) samples.set(made, at);
    }
    return samples;
  }

  #packetOf({ from, to }: Note): Buffer {
    return this.#packets.subarray(from, to);
  }

  #keep(packet: Uint8Array): void {
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

/** Not out of Node's pool: what is kept for seconds would keep 64 kB of others' bytes with it. */
function ownCopy(bytes: Uint8Array): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  copy.set(bytes);
  return copy;
}
