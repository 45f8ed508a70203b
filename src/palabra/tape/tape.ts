import { Anchors } from './anchors.ts';
import type { ChunkStore } from './chunks.ts';
import { type CodedPiece, Slot } from './slot.ts';
import { Sounds } from './sounds.ts';

const SAME_TALK_MS = 300; // loud stretches nearer to each other than this are one speech
const EARLY_MS = 500; // recognisers round times, and let words begin a little early
const SHORTEST_SILENCE_MS = 100; // five packets: Discord lets as many end a talk spurt
const SLIP_MS = 2; // smaller differences of time are rounding
const OPEN = 8; // the newest chunks keep their samples until they are sent: a small backlog is not decoded twice

/** A stretch of the tape, in samples. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * One person's speech, and the silence around it, as one unbroken row of samples numbered from 0.
 *
 * It holds only audio that is to be transcribed: longer pauses are left out, and anchors give the meeting's time of
 * every sample. The newest part is kept in chunks, so that audio which a lost socket had can be sent again.
 */
export class Tape {
  readonly sampleRateHz: number;
  readonly samplesPerChunk: number;
  readonly sounds: Sounds; // loud ones are added here; whoever adds audio adds the others
  readonly #store: ChunkStore;
  readonly #times: Anchors; // sample -> ms of the meeting
  readonly #slots: Slot[] = [];
  #awayEnd = 0; // the number of the first chunk that is not put away
  #recalled: { readonly slot: Slot; readonly bytes: Uint8Array } | undefined; // decoded anew, and read in two halves
  #firstChunk = 0; // the number of the oldest chunk that is kept
  #head = 0;
  #tail = 0;
  #madeSilence = 0;
  #filler = 0; // how many of the newest samples are silence that we made
  #loud: { from: number; to: number }[] = [];

  constructor(sampleRateHz: number, store: ChunkStore) {
    this.sampleRateHz = sampleRateHz;
    this.samplesPerChunk = store.samplesPerChunk;
    this.#store = store;
    this.#times = new Anchors(1000 / sampleRateHz);
    this.sounds = new Sounds(this.samplesIn(SHORTEST_SILENCE_MS));
  }

  /** The number of the sample that comes next. */
  get head(): number {
    return this.#head;
  }

  /** The oldest sample that is still kept. */
  get tail(): number {
    return this.#tail;
  }

  /** The meeting's time of the sample that comes next. */
  get headMs(): number {
    return this.msAt(this.#head, 'start');
  }

  /** How many samples of silence we made and added. */
  get madeSilence(): number {
    return this.#madeSilence;
  }

  /** How many of the newest samples are silence that we made. */
  get filler(): number {
    return this.#filler;
  }

  get loudEnd(): number {
    return this.#loud.at(-1)?.to ?? 0;
  }

  samplesIn(ms: number): number {
    return Math.round((ms * this.sampleRateHz) / 1000);
  }

  msIn(samples: number): number {
    return (samples * 1000) / this.sampleRateHz;
  }

  msAt(sample: number, side: 'start' | 'end'): number {
    return this.#times.valueAt(sample, side);
  }

  /**
   * The meeting's time of words that begin or end at this sample, according to the recogniser.
   *
   * Words that begin shortly before a talk belong to that talk, and are measured back from its beginning: the silence
   * before it on the tape is that of an earlier talk, seconds or minutes ago.
   */
  wordsMsAt(sample: number, side: 'start' | 'end'): number {
    const jump = side === 'start' ? this.#times.nextAfter(sample) : undefined;
    if (jump === undefined || jump - sample > this.samplesIn(EARLY_MS)) return this.msAt(sample, side);
    const speech = this.speechFrom(sample);
    if (speech === undefined || speech.from < jump) return this.msAt(sample, side);
    return this.msAt(jump, side) - this.msIn(jump - sample);
  }

  /** The next sample was heard at `startMs`, whatever came before it. */
  jumpTo(startMs: number): void {
    this.#anchor(startMs);
  }

  /**
   * Adds audio that began at `startMs`.
   *
   * @param packet - the packet that it was decoded from, which is kept instead once the audio is a chunk old
   */
  appendAudio(samples: Int16Array, startMs: number, loud: boolean, packet?: Uint8Array): void {
    this.#anchor(startMs);
    if (loud) this.#markLoud(this.#head, this.#head + samples.length);
    this.#filler = 0;
    for (let done = 0; done < samples.length; ) {
      const { slot, offset } = this.#room();
      const count = Math.min(samples.length - done, this.samplesPerChunk - offset);
      // The common case copies the whole frame at once, without making a view of it.
      slot.write(count === samples.length ? samples : samples.subarray(done, done + count), offset, packet, done);
      this.#head += count;
      done += count;
    }
  }

  /**
   * Adds a packet that nobody has decoded; it becomes `count` samples, and began at `startMs`.
   *
   * @param packet - missing: silence that is not ours
   */
  appendCoded(count: number, startMs: number, loud: boolean, packet: Uint8Array | undefined): void {
    this.#anchor(startMs);
    if (loud) this.#markLoud(this.#head, this.#head + count);
    this.#filler = 0;
    const whole = packet === undefined ? this.#inGrains(count) : count;
    for (let done = 0; done < whole; ) {
      const { slot, offset } = this.#room();
      const more = Math.min(whole - done, this.samplesPerChunk - offset);
      if (packet === undefined) slot.writeSilence(offset, more);
      else slot.writePacket(packet, offset, more, done);
      this.#head += more;
      done += more;
    }
  }

  /** Adds silence that we make. It follows the audio before it, unless a time is given. */
  appendSilence(wanted: number, startMs?: number): void {
    const count = this.#inGrains(wanted);
    if (count <= 0) return;
    if (startMs !== undefined) this.#anchor(startMs);
    this.#filler += count;
    this.#madeSilence += count;
    for (let done = 0; done < count; ) {
      const { slot, offset } = this.#room();
      const more = Math.min(count - done, this.samplesPerChunk - offset);
      slot.writeSilence(offset, more);
      this.#head += more;
      done += more;
    }
  }

  /** Takes back silence that we made, as its audio came after all: at most `count` samples, and none before `from`. */
  retractSilence(count: number, from: number): void {
    const { grain } = this.#store.keeping;
    const wanted = Math.ceil(count / grain) * grain;
    const room = Math.min(wanted, this.#filler, this.#head - Math.max(from, this.#tail));
    const taken = Math.max(0, this.#inGrains(room));
    this.#head -= taken;
    this.#filler -= taken;
    this.#madeSilence -= taken;
    const needed = Math.ceil(this.#head / this.samplesPerChunk);
    while (this.#slots.length > 0 && this.#firstChunk + this.#slots.length > needed) this.#dropNewest();
  }

  /** Reads bytes for the socket, without a copy when they lie in one chunk. To be used at once. */
  readBytes(from: number, count: number): Uint8Array {
    const offset = from % this.samplesPerChunk;
    if (offset + count <= this.samplesPerChunk) return this.#bytesAt(from).subarray(offset * 2, (offset + count) * 2);
    const bytes = new Uint8Array(count * 2);
    for (let done = 0; done < count; ) {
      const within = (from + done) % this.samplesPerChunk;
      const more = Math.min(count - done, this.samplesPerChunk - within);
      bytes.set(this.#bytesAt(from + done).subarray(within * 2, (within + more) * 2), done * 2);
      done += more;
    }
    return bytes;
  }

  /** The packets of which a part lies between two samples, in order. What lies between them is silence. */
  readPackets(from: number, to: number): CodedPiece[] {
    const pieces: CodedPiece[] = [];
    const first = Math.max(0, Math.floor(from / this.samplesPerChunk) - this.#firstChunk - 1); // a packet may reach in
    for (let i = first; i < this.#slots.length; i++) {
      const start = (this.#firstChunk + i) * this.samplesPerChunk;
      if (start > to) break; // at `to`, the last packet may go on
      this.#slots[i]?.readPackets(start, pieces);
    }
    return pieces.filter((piece) => piece.to > from && piece.from < to);
  }

  /** Puts whole chunks before a sample away: from now on they keep packets instead of samples. */
  putAwayBefore(sample: number): void {
    const end = Math.floor(sample / this.samplesPerChunk);
    for (let number = Math.max(this.#awayEnd, this.#firstChunk); number < end; number++) {
      this.#slots[number - this.#firstChunk]?.putAway();
    }
    this.#awayEnd = Math.max(this.#awayEnd, end);
  }

  /** The first speech at or after a sample. */
  speechFrom(sample: number): Stretch | undefined {
    for (const stretch of this.#loud) {
      if (stretch.to > sample) return stretch.from >= sample ? stretch : { from: sample, to: stretch.to };
    }
    return undefined;
  }

  /** The last speech that ended at or before a sample. */
  speechOverBy(sample: number): Stretch | undefined {
    return this.#loud.findLast(({ to }) => to <= sample);
  }

  /** Where the last speech before a sample ended; 0 without such speech. */
  speechEndBefore(sample: number): number {
    return Math.min(sample, this.#loud.findLast(({ from }) => from < sample)?.to ?? 0);
  }

  /** Forgets the audio before a sample; memory is given back in whole chunks. */
  forgetBefore(sample: number): void {
    const limit = Math.min(sample, this.#head);
    if (limit <= this.#tail) return;
    while (this.#slots.length > 0 && (this.#firstChunk + 1) * this.samplesPerChunk <= limit) this.#dropOldest();
    this.#tail = Math.max(this.#tail, limit);
    this.#forgetNotes();
  }

  /** Forgets the oldest chunk, even when it is still needed. */
  forgetOldest(): void {
    this.#dropOldest();
    this.#tail = Math.max(this.#tail, Math.min(this.#head, this.#firstChunk * this.samplesPerChunk));
    this.#forgetNotes();
  }

  /** Frees all memory. */
  freeMemory(): void {
    while (this.#slots.length > 0) this.#dropOldest();
    this.#tail = this.#head;
  }

  #anchor(startMs: number): void {
    if (this.#head === 0 || Math.abs(this.headMs - startMs) > SLIP_MS) this.#times.set(this.#head, startMs);
  }

  #markLoud(from: number, to: number): void {
    this.sounds.add(from, to);
    const last = this.#loud.at(-1);
    if (last !== undefined && from - last.to <= this.samplesIn(SAME_TALK_MS)) last.to = to;
    else this.#loud.push({ from, to });
  }

  #room(): { slot: Slot; offset: number } {
    const index = Math.floor(this.#head / this.samplesPerChunk) - this.#firstChunk;
    if (this.#slots.length === 0) this.#firstChunk += index;
    const slot = this.#slots[index] ?? this.#grow();
    if (this.#recalled?.slot === slot) this.#recalled = undefined;
    return { slot, offset: this.#head % this.samplesPerChunk };
  }

  /** As many of these samples as silence can have: a packet of silence has a length of its own. */
  #inGrains(count: number): number {
    return count - (count % this.#store.keeping.grain);
  }

  #grow(): Slot {
    const slot = new Slot(this.#store);
    this.#slots.push(slot);
    const number = this.#firstChunk + this.#slots.length - 1;
    this.#awayEnd = Math.min(this.#awayEnd, number);
    this.putAwayBefore((number + 1 - OPEN) * this.samplesPerChunk);
    return slot;
  }

  #bytesAt(sample: number): Uint8Array {
    const index = Math.floor(sample / this.samplesPerChunk) - this.#firstChunk;
    const slot = this.#slots[index];
    if (slot === undefined) throw new RangeError(`Cannot read sample ${sample}: kept are ${this.#tail}-${this.#head}`);
    if (slot.isOpen) this.#recalled = undefined;
    else if (this.#recalled?.slot !== slot) this.#recalled = { slot, bytes: slot.bytes(this.#slots[index - 1]) };
    return this.#recalled?.bytes ?? slot.bytes(undefined);
  }

  #dropOldest(): void {
    const slot = this.#slots.shift();
    if (slot === undefined) return;
    this.#firstChunk += 1;
    slot.dispose();
  }

  #dropNewest(): void {
    this.#slots.pop()?.dispose();
  }

  #forgetNotes(): void {
    const keep = this.#loud.findIndex(({ to }) => to > this.#tail);
    // The newest speech is kept in any case: pauses are measured from its end.
    if (keep > 0) this.#loud.splice(0, keep);
    else if (keep < 0 && this.#loud.length > 1) this.#loud.splice(0, this.#loud.length - 1);
    this.sounds.forgetBefore(this.#tail);
    this.#times.forgetBefore(this.#tail);
  }
}
