import { rtpUnits } from './packets/opus-packet.ts';

const PAUSE_MS = 100; // five packets: what a sender leaves out on purpose, never mere jitter
const LONGEST_HOLE_MS = 1_000; // a longer loss is no hole in a talk spurt but the end of one
const LONGEST_STALL_MS = 5_000; // packets that were sent one after another may come in a heap so much later
const SHORTEST_PAUSE_MS = 1_000; // packets lost, and so late: their sender paused, and its timestamps stood still
const FASTEST_MS = 250; // packets cannot come so long before they were spoken: unless a stall delayed the first, timestamps jumped
const WINDOW_MS = 10_000; // over which the promptest packet shows how far the sender's clock has wandered
const MAX_SLEW = 400e-6; // twice the drift of a bad sound card; still inaudible
const MOST_AHEAD_MS = 2_000; // of its arrival: nobody speaks faster than time passes, and a late first packet is not so late
const ROUNDING_MS = 0.001; // far less than a sample

/** What a packet's place is reckoned from. */
export interface Timed {
  readonly timestamp: number; // RTP: 32 bits, wraps, 48 000 a second
  readonly arrivedMs: number;
}

export interface Place {
  readonly startMs: number; // of the packet's first sample, since the meeting began
  readonly begins: boolean; // a talk spurt: what came before has ended
  readonly holeMs: number; // between the spurt's last sample and this one: to be filled
  readonly lost: number; // packets that should have filled it
  readonly stretch: -1 | 0 | 1; // samples this packet's audio has to grow by, as the sender's clock is not ours
}

// These change with each packet: new ones for each would be much of what the collector has to do.
type Changing<T> = { -readonly [Key in keyof T]: T[Key] };
interface Reckoning {
  timestamp: number; // of the packet that should come next
  startMs: number; // when it would be spoken
  lastMs: number; // length of the packet before
  silent: boolean; // the packet before was silence
}

/**
 * Says when each packet of one person was spoken, on the meeting's clock.
 *
 * A talk spurt is anchored at the arrival of its first packet; within it RTP timestamps rule, so jitter and loss move
 * nothing. Places never overlap and never go back. Between spurts, clock drift vanishes by itself; in a spurt that goes
 * on for minutes the audio is stretched or squeezed by single samples, so that it follows the meeting's clock.
 */
export class Timeline {
  readonly #sampleMs: number;
  readonly #place: Changing<Place> = { startMs: 0, begins: true, holeMs: 0, lost: 0, stretch: 0 };
  readonly #followed = { startMs: 0, lost: 0 };
  #expected: Reckoning | undefined;
  #endMs = Number.NEGATIVE_INFINITY; // nothing may be placed before: it is told already
  #window = { untilMs: 0, earliestMs: Number.POSITIVE_INFINITY };
  #errorMs = 0; // how much later than reckoned even the promptest packets come: what is left to correct
  #creditMs = 0; // correction earned and not yet made, less than a sample

  constructor(sampleRateHz: number) {
    this.#sampleMs = 1000 / sampleRateHz;
  }

  /** Whether a talk spurt is under way. */
  get speaking(): boolean {
    return this.#expected?.silent === false;
  }

  /**
   * Whether so much is placed already that a packet which came now has no place any more: it need not even be decoded.
   *
   * Packets of 120 ms at 5,000 a second would else put ten minutes of sound on the timeline every second.
   */
  isFull(packet: Timed, lengthMs: number): boolean {
    return this.#endMs + lengthMs > packet.arrivedMs + MOST_AHEAD_MS;
  }

  /**
   * Places a packet that holds sound, or stands in for one that did.
   *
   * @param missingBefore - packets lost just before it, by their numbers
   * @returns what stands until the next call; `undefined` when it would end more than 2 s after it came
   */
  place(packet: Timed, lengthMs: number, missingBefore: number): Place | undefined {
    const follows = this.#follow(packet, missingBefore);
    const startMs = Math.max(follows ? this.#followed.startMs : packet.arrivedMs, this.#endMs);
    if (startMs + lengthMs > packet.arrivedMs + MOST_AHEAD_MS) {
      this.restart(); // what comes in time again goes by its arrival
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

  /** Passes over a packet of silence: it takes its time, but nothing is said in it. */
  pass(packet: Timed, lengthMs: number, missingBefore: number): void {
    const startMs = this.#follow(packet, missingBefore) ? this.#followed.startMs : packet.arrivedMs;
    this.#expect(packet, lengthMs, startMs + lengthMs, true);
  }

  /** The stream starts anew with other timestamps: the next packet begins a talk spurt. */
  restart(): void {
    this.#expected = undefined;
  }

  /** Whether the packet goes on with the talk spurt, and then `#followed` says where it stands; else it begins another one. */
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

  /** Moves the reckoning towards the arrivals by one sample at most; returns what the audio has to grow by. */
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
