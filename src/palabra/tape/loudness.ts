/** Root mean square of a sample that may be speech: -54 dBFS, under quiet speech, over Discord's comfort noise. */
const GATE_RMS = 65;
const HIGHEST_GATE_RMS = 328; // -40 dBFS: nothing in the room makes the gate keep out who speaks up
const SILENT_RMS = 33; // -60 dBFS: comfort noise, and what a microphone makes of nothing
const OVER_NOISE = 2; // 6 dB: the gate stands so much above what never stops
const CLEAR = 5; // 14 dB above the gate, a single word is worth a socket
const STRIDE = 5; // every fifth sample tells the energy as well, at a fifth of the cost; odd, so that no tone hides
const FLOOR_MS = 2_000; // speech has a pause in so much time, or in four times as much
const FLOORS = 4;

/** `quiet`: something is there, but too little to be speech; `clear`: far above the gate. */
export type Loudness = 'silent' | 'quiet' | 'loud' | 'clear';

/**
 * Tells one person's speech from what is around them.
 *
 * Where a fan or a street is heard all the time, the gate stands above it: otherwise they would never pause. It follows the
 * quietest moment of the last eight seconds, so that speech, which has gaps, does not raise it.
 */
export class LoudnessGate {
  readonly #floors: number[] = []; // the quietest moments of earlier stretches, the newest last
  #quietest = Number.POSITIVE_INFINITY; // of the stretch that is under way
  #stretchMs = 0;
  #gate = GATE_RMS;

  /** Judges a frame by what came before it, and learns from it. */
  judgeFrame(samples: Int16Array, durationMs: number): Loudness {
    const level = levelOf(samples);
    const loudness = this.#loudnessOf(level);
    this.#learn(level, durationMs);
    return loudness;
  }

  #loudnessOf(level: number): Loudness {
    if (level > this.#gate * CLEAR) return 'clear';
    if (level > this.#gate) return 'loud';
    return level > SILENT_RMS && level <= GATE_RMS ? 'quiet' : 'silent'; // between the two: what never stops
  }

  #learn(level: number, durationMs: number): void {
    this.#quietest = Math.min(this.#quietest, level);
    this.#stretchMs += durationMs;
    if (this.#stretchMs < FLOOR_MS) return;
    this.#floors.push(this.#quietest);
    if (this.#floors.length > FLOORS) this.#floors.shift();
    this.#quietest = Number.POSITIVE_INFINITY;
    this.#stretchMs = 0;
    const floor = this.#floors.length < FLOORS ? 0 : Math.min(...this.#floors);
    this.#gate = Math.min(HIGHEST_GATE_RMS, Math.max(GATE_RMS, OVER_NOISE * floor));
  }
}

/** Root mean square. */
function levelOf(samples: Int16Array): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < samples.length; i += STRIDE) {
    const sample = samples[i] ?? 0;
    sum += sample * sample;
    count += 1;
  }
  return count === 0 ? 0 : Math.sqrt(sum / count);
}
