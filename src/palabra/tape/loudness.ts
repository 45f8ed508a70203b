import type { VoiceFrame } from '../../core/pcm.ts';

/** Root mean square of a sample that may be speech: -54 dBFS, under quiet speech, over Discord's comfort noise. */
const GATE_RMS = 65;
const HIGHEST_GATE_RMS = 328; // -40 dBFS: whatever the noise, a raised voice passes the gate
const SILENT_RMS = 33; // -60 dBFS: comfort noise, and the noise of a microphone in a silent room
const OVER_NOISE = 2; // 6 dB: the gate is this far above noise that never stops
const CLEAR = 5; // 14 dB above the gate: then a single word is speech
const STRIDE = 5; // every fifth sample shows the energy, at a fifth of the cost; odd, so that no tone hides
const FLOOR_MS = 2_000; // speech pauses at least once in four times this long
const FLOORS = 4;

/** `noise`: what is always heard around the speaker; `quiet`: audible, but too soft to be speech; `clear`: far above the gate. */
export type Loudness = 'silent' | 'noise' | 'quiet' | 'loud' | 'clear';

/**
 * Separates one person's speech from the noise around them.
 *
 * A fan or a street that is always heard raises the gate, as otherwise its owner would seem to speak without a pause.
 * The gate follows the quietest moment of the last eight seconds: speech has gaps, so it does not raise the gate.
 */
export class LoudnessGate {
  readonly #floors: number[] = []; // the quietest moments of the last stretches, oldest first
  #quietest = Number.POSITIVE_INFINITY; // of the present stretch
  #stretchMs = 0;
  #gate = GATE_RMS;

  /** Judges a frame by the noise before it, and then learns from the frame. @param level - by `levelOf` */
  judgeLevel(level: number, durationMs: number): Loudness {
    const loudness = this.#loudnessOf(level);
    this.#learn(level, durationMs);
    return loudness;
  }

  #loudnessOf(level: number): Loudness {
    if (level > this.#gate * CLEAR) return 'clear';
    if (level > this.#gate) return 'loud';
    if (level > GATE_RMS) return 'noise';
    return level > SILENT_RMS ? 'quiet' : 'silent';
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

/** Root mean square of the samples, or what a look at the packet made of it. */
export function levelOf(frame: VoiceFrame): number {
  const { samples } = frame;
  if (samples === undefined) return frame.level;
  let sum = 0;
  let count = 0;
  for (let i = 0; i < samples.length; i += STRIDE) {
    const sample = samples[i] ?? 0;
    sum += sample * sample;
    count += 1;
  }
  return count === 0 ? 0 : Math.sqrt(sum / count);
}
