import { rtpUnits } from './packets/opus-packet.ts';

const PAUSE_MS = 100; // five packets: a sender leaves that much out on purpose, jitter never does
const LONGEST_HOLE_MS = 1_000; // a longer loss is no hole in a talk spurt but the end of one
const LONGEST_STALL_MS = 5_000; // packets that were sent one after another may all arrive at once this much later
const SHORTEST_PAUSE_MS = 1_000; // packets are missing and the next is this late: the sender paused without counting
const FASTEST_MS = 250; // no packet comes this early: timestamps jumped, unless a stall delayed the first packet
const WINDOW_MS = 10_000; // the promptest packet of this window shows how far the sender's clock has drifted
const MAX_SLEW = 400e-6; // twice the drift of a bad sound card; still inaudible
const MOST_AHEAD_MS = 2_000; // of its arrival: nobody speaks faster than time passes, and no first packet is this late
const ROUNDING_MS = 0.001; // far less than a sample

/** The part of a packet that its place is computed from. */
export interface Timed {
  readonly timestamp: number; // RTP: 32 bits, wraps, 48 000 a second
  readonly arrivedMs: number;
}

export interface Place {
  readonly startMs: number; // of the packet's first sample, since the meeting began
  readonly begins: boolean; // a talk spurt begins here: the one before has ended
  readonly holeMs: number; // between the spurt's last sample and this one: to be filled
  readonly lost: number; // packets that should have filled it
  readonly stretch: -1 | 0 | 1; // samples this packet's audio has to grow by, as the sender's clock differs from ours
}

// These are changed in place: new ones for each packet would be much of the garbage collector's work.
type Changing<T> = { -readonly [Key in keyof T]: T[Key] };
interface ExpectedPacket {
  timestamp: number;
  startMs: number; // when it would be spoken
  lastMs: number; // length of the packet before
  silent: boolean; // the packet before was silence
}

/**
 * Says when each packet of one person was spoken, on the meeting's clock.
 *
 * A talk spurt is anchored at the arrival of its first packet; within it RTP timestamps rule, so jitter and loss move
 * nothing. Places never overlap and never go back. Clock drift disappears between spurts; in a spurt that lasts
 * minutes, the audio is stretched or squeezed by single samples, so that it follows the meeting's clock.
 */
export class Timeline {
  readonly #sampleMs: number;
  readonly #place: Changing<Place> = { startMs: 0, begins: true, holeMs: 0, lost: 0, stretch: 0 };
  readonly #followed = { startMs: 0, lost: 0 };
  #expected: ExpectedPacket | undefined;
  #endMs = Number.NEGATIVE_INFINITY; // nothing may be placed before this: that audio was passed on already
  #window = { untilMs: 0, earliestMs: Number.POSITIVE_INFINITY };
  #errorMs = 0; // how much later than computed even the promptest packets come: what is left to correct
  #creditMs = 0; // correction earned and not yet made, less than a sample

  constructor(sampleRateHz: number) {
    this.#sampleMs = 1000 / sampleRateHz;
  }

  /** Whether a talk spurt is under way. */
  get speaking(): boolean {
    return this.#expected?.silent === false;
  }

  /**
   * Whether so much audio is placed ahead that there is no room for this packet: it need not even be decoded.
   *
   * Otherwise packets of 120 ms at 5,000 a second would put ten minutes of sound on the timeline every second.
   */
  isFull(packet: Timed, lengthMs: number): boolean {
    return this.#endMs + lengthMs > packet.arrivedMs + MOST_AHEAD_MS;
  }

  /**
   * Places a packet that holds sound, or silence in place of a packet that was lost.
   *
   * @param missingBefore - packets lost just before it, by their sequence numbers
   * @returns a place that is valid until the next call; `undefined` when it would end more than 2 s after the arrival
   */
  place(packet: Timed, lengthMs: number, missingBefore: number): Place | undefined {
    const follows = this.#follow(packet, missingBefore);
    const startMs = Math.max(follows ? this.#followed.startMs : packet.arrivedMs, this.#endMs);
    if (startMs + lengthMs > packet.arrivedMs + MOST_AHEAD_MS) {
      this.restart(); // the next packet that comes in time is anchored at its arrival
      return undefined;
    }
    const place = this.#place;
    place.startMs = startMs;
    place.begins = !follows;
    place.holeMs = follows && startMs - this.#endMs > ROUNDING_MS ? startMs - this.#endMs : 0;
    place.lost = follows ? this.#followed.lost : 0;
    if (!follows) this.#anchor(startMs);
    place.stretch = follows ? this.#slew(packet.arrivedMs, lengthMs, startMs) : 0;
    this.#endMs = startMs + lengthMs + place.stretch * this.#sampleMs;
    this.#expect(packet, lengthMs, this.#endMs, false);
    return place;
  }

  /** Passes over a packet of silence: its time passes, but nothing is placed. */
  pass(packet: Timed, lengthMs: number, missingBefore: number): void {
    const startMs = this.#follow(packet, missingBefore) ? this.#followed.startMs : packet.arrivedMs;
    this.#expect(packet, lengthMs, startMs + lengthMs, true);
  }

  /** The stream starts over with new timestamps: the next packet begins a talk spurt. */
  restart(): void {
    this.#expected = undefined;
  }

  /** Whether the packet continues the talk spurt: then `#followed` says where. Otherwise it begins a new one. */
  #follow(packet: Timed, missingBefore: number): boolean {
    const expected = this.#expected;
    if (!expected) return false;
    const holeMs = signed32(packet.timestamp - expected.timestamp) / rtpUnits(1);
    const startMs = expected.startMs + holeMs;
    const lateMs = packet.arrivedMs - startMs;
    const longestMs = missingBefore === 0 ? LONGEST_STALL_MS : SHORTEST_PAUSE_MS;
    if (holeMs < 0 || holeMs > LONGEST_HOLE_MS || lateMs > longestMs) return false;
    const lost = expected.silent ? 0 : Math.min(missingBefore, Math.round(holeMs / expected.lastMs));
    this.#followed.startMs = startMs;
    this.#followed.lost = lost;
    if (expected.silent) return startMs - this.#endMs < PAUSE_MS && lateMs < PAUSE_MS;
    const leftOutMs = holeMs - lost * expected.lastMs; // neither sent nor lost
    return leftOutMs <= 0 || (leftOutMs < PAUSE_MS && lateMs >= -FASTEST_MS);
  }

  #expect(packet: Timed, lengthMs: number, startMs: number, silent: boolean): void {
    const timestamp = (packet.timestamp + rtpUnits(lengthMs)) >>> 0;
    this.#expected ??= { timestamp, startMs, lastMs: lengthMs, silent };
    this.#expected.timestamp = timestamp;
    this.#expected.startMs = startMs;
    this.#expected.lastMs = lengthMs;
    this.#expected.silent = silent;
  }

  #anchor(startMs: number): void {
    this.#window = { untilMs: startMs + WINDOW_MS, earliestMs: Number.POSITIVE_INFINITY };
    this.#errorMs = 0;
    this.#creditMs = 0;
  }

  /** Moves the computed time towards the arrivals by one sample at most; returns by how much the audio has to grow. */
  #slew(arrivedMs: number, lengthMs: number, startMs: number): -1 | 0 | 1 {
    this.#window.earliestMs = Math.min(this.#window.earliestMs, arrivedMs - startMs);
    if (startMs >= this.#window.untilMs) {
      this.#errorMs = this.#window.earliestMs;
      this.#window = { untilMs: startMs + WINDOW_MS, earliestMs: Number.POSITIVE_INFINITY };
    }
    if (Math.abs(this.#errorMs) < this.#sampleMs) return 0;
    this.#creditMs += lengthMs * MAX_SLEW;
    if (this.#creditMs < this.#sampleMs) return 0;
    const step = this.#errorMs > 0 ? 1 : -1;
    this.#creditMs -= this.#sampleMs;
    this.#errorMs -= step * this.#sampleMs;
    return step;
  }
}

function signed32(difference: number): number {
  return difference | 0;
}
