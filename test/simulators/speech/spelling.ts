import { checksum, END_BYTE, FRAMES_PER_BYTE, PILOTS, START_BYTE } from './alphabet.ts';
import { strongest, type ToneFrame } from './tone-meter.ts';

/** A byte that could not be read, or a place where the timeline broke: no UTF-8 has it, so the text shows U+FFFD. */
const UNREADABLE = 0xff;

/** How many frames that agree make a slip. Concealment repeats the past, but nothing makes up the future. */
const BELIEVED_AHEAD = 2;
const BELIEVED_BEHIND = 3;
const MAX_DISAGREEING_FRAMES = 6; // then they are believed: the timeline is in pieces

const BELIEVED_PURITY = 0.6; // of a frame that contradicts the count

/** A frame whose pilot is not the one that was due; the next ones tell what it was. */
interface Odd {
  readonly index: number;
  readonly received: number; // frames, up to and with this one
  readonly shift: number;
  readonly frame: ToneFrame;
}

export interface Spelt {
  readonly value: number;
  readonly startFrame: number; // counted in frames received since the spelling began
}

/**
 * Puts the bytes of one utterance together from its frames, without minding single frames that are missing.
 *
 * The pilot says which frame of the utterance this is. Earlier frames heard again in the place of others are taken
 * for concealed loss; when the count goes on from another number, audio was removed, doubled or swapped: that is a slip.
 */
export class Spelling {
  readonly bytes: Spelt[] = [];
  slips = 0;
  readonly missedFrames: number; // of the START byte, before the first frame that is heard
  #index: number; // of the frame that is due, in the utterance; after a late start known modulo 15 only
  #received = 0;
  #odd: Odd[] = [];
  #byte: { index: number; startFrame: number; upper: Float64Array; lower: Float64Array } | undefined;
  #nextByte: number;
  #state: 'begins' | 'text' | 'checksum' | 'complete' = 'begins';
  #checksumFits = false;

  /** @param firstPilot - where in the utterance the frames begin: 0 unless its beginning is missing */
  constructor(firstPilot: number) {
    this.#index = firstPilot;
    this.#nextByte = Math.floor(firstPilot / FRAMES_PER_BYTE);
    this.missedFrames = firstPilot < FRAMES_PER_BYTE ? firstPilot : 0;
  }

  /** All of it was heard, the end included. */
  get isComplete(): boolean {
    return this.#state === 'complete';
  }

  get isIntact(): boolean {
    return this.isComplete && this.#checksumFits && this.slips === 0;
  }

  /** @param frame - `undefined` for one in which nothing could be made out */
  hear(frame: ToneFrame | undefined): void {
    const index = this.#index++;
    this.#received++;
    if (frame === undefined) {
      if (index % FRAMES_PER_BYTE === FRAMES_PER_BYTE - 1) this.#endByte();
      return;
    }
    const shift = shiftBetween(index % PILOTS, frame.pilot);
    if (shift !== 0 && frame.purity < BELIEVED_PURITY) return; // half of one frame and half of another
    if (shift === 0) {
      if (this.#odd.some((odd) => odd.shift > 0)) this.#slip();
      this.#odd = [];
      this.#add(index, frame, this.#received);
      return;
    }
    this.#odd.push({ index, received: this.#received, shift, frame });
    const agreeing = this.#odd.slice(this.#odd.findLastIndex((odd) => odd.shift !== shift) + 1);
    const isBelieved = agreeing.length >= (shift > 0 ? BELIEVED_AHEAD : BELIEVED_BEHIND);
    if (!isBelieved && this.#odd.length < MAX_DISAGREEING_FRAMES) return;
    this.#slip();
    for (const odd of agreeing) this.#add(odd.index + shift, odd.frame, odd.received);
    this.#index = index + shift + 1;
    this.#odd = [];
  }

  /** The timeline moved by less than a frame. */
  markSlip(): void {
    this.slips++;
    this.#mark();
  }

  /** Nothing more comes: marks what is missing at the end. */
  finish(): void {
    this.#endByte();
    if (!this.isComplete) this.#mark();
  }

  #slip(): void {
    this.slips++;
    this.#endByte();
    this.#mark();
    this.#nextByte = -1; // what is missing is marked already
  }

  #add(index: number, frame: ToneFrame, received: number): void {
    const byteIndex = Math.floor(index / FRAMES_PER_BYTE);
    if (this.#byte?.index !== byteIndex) {
      this.#endByte();
      const startFrame = received - 1 - (index % FRAMES_PER_BYTE);
      this.#byte = { index: byteIndex, startFrame, upper: new Float64Array(16), lower: new Float64Array(16) };
    }
    const { upper, lower } = this.#byte;
    for (let half = 0; half < 16; half++) {
      upper[half] = (upper[half] ?? 0) + (frame.upperHalf[half] ?? 0);
      lower[half] = (lower[half] ?? 0) + (frame.lowerHalf[half] ?? 0);
    }
    if (index % FRAMES_PER_BYTE === FRAMES_PER_BYTE - 1) this.#endByte();
  }

  #endByte(): void {
    const byte = this.#byte;
    if (byte === undefined) return;
    this.#byte = undefined;
    if (this.#nextByte >= 0) {
      for (let missing = this.#nextByte; missing < byte.index; missing++) this.#read(UNREADABLE, byte.startFrame);
    }
    this.#nextByte = byte.index + 1;
    this.#read((strongest(byte.upper) << 4) | strongest(byte.lower), byte.startFrame);
  }

  #mark(): void {
    if (this.#state === 'complete') return;
    this.bytes.push({ value: UNREADABLE, startFrame: this.#received - 1 });
  }

  #read(value: number, startFrame: number): void {
    switch (this.#state) {
      case 'begins':
        this.#state = 'text';
        if (value === START_BYTE) return;
        this.bytes.push({ value: UNREADABLE, startFrame });
        if (value !== UNREADABLE) this.bytes.push({ value, startFrame });
        return;
      case 'text':
        if (value === END_BYTE) this.#state = 'checksum';
        else this.bytes.push({ value, startFrame });
        return;
      case 'checksum':
        this.#state = 'complete';
        this.#checksumFits = value === checksum(this.bytes.map((byte) => byte.value));
        return;
      case 'complete':
        return;
    }
  }
}

/** How far the count jumped: -7 to 7. */
function shiftBetween(due: number, heard: number): number {
  const shift = (heard - due + PILOTS) % PILOTS;
  return shift > PILOTS / 2 ? shift - PILOTS : shift;
}
