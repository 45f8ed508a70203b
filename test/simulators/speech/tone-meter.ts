import { FRAME_MS, LOWER_HALF_HZ, PILOT_HZ, UPPER_HALF_HZ } from './alphabet.ts';

const SILENT_POWER = 1e-12; // keeps silence from dividing by zero

/** What sounds in 20 ms. Powers are in full-scale units squared. */
export interface ToneFrame {
  readonly power: number; // of everything
  readonly purity: number; // part of it that the strongest tone of each kind explains: 1 for speech, 0.1 for noise
  readonly balance: number; // part that the weakest of these three explains: a third for speech, nothing for a hum
  readonly pilot: number; // the strongest
  readonly pilots: Float64Array;
  readonly upperHalf: Float64Array;
  readonly lowerHalf: Float64Array;
}

/** Measures the tones of the speech alphabet in frames of 20 ms. */
export class ToneMeter {
  readonly frameSamples: number;
  readonly #pilots: Float64Array;
  readonly #upperHalf: Float64Array;
  readonly #lowerHalf: Float64Array;

  constructor(sampleRateHz: number) {
    this.frameSamples = Math.round((FRAME_MS * sampleRateHz) / 1000);
    const coefficients = (tonesHz: readonly number[]) =>
      Float64Array.from(tonesHz, (toneHz) => 2 * Math.cos((2 * Math.PI * toneHz) / sampleRateHz));
    this.#pilots = coefficients(PILOT_HZ);
    this.#upperHalf = coefficients(UPPER_HALF_HZ);
    this.#lowerHalf = coefficients(LOWER_HALF_HZ);
  }

  measure(samples: Float64Array, start: number): ToneFrame {
    const pilots = this.pilotsAt(samples, start);
    const upperHalf = this.#powers(this.#upperHalf, samples, start);
    const lowerHalf = this.#powers(this.#lowerHalf, samples, start);
    const power = meanSquare(samples, start, this.frameSamples);
    const pilot = strongest(pilots);
    const three = [pilots, upperHalf, lowerHalf].map((powers) => powers[strongest(powers)] ?? 0);
    const purity = three.reduce((sum, one) => sum + one, 0) / (power + SILENT_POWER);
    const balance = Math.min(...three) / (power + SILENT_POWER);
    return { power, purity, balance, pilot, pilots, upperHalf, lowerHalf };
  }

  /** Only the pilots' powers: for finding where frames begin. */
  pilotsAt(samples: Float64Array, start: number): Float64Array {
    return this.#powers(this.#pilots, samples, start);
  }

  /** Goertzel's algorithm for each tone. */
  #powers(coefficients: Float64Array, samples: Float64Array, start: number): Float64Array {
    const end = start + this.frameSamples;
    const scale = 2 / (this.frameSamples * this.frameSamples); // amplitude A has the power A²/2
    return coefficients.map((coefficient) => {
      let last = 0;
      let beforeLast = 0;
      for (let i = start; i < end; i++) {
        const next = (samples[i] ?? 0) + coefficient * last - beforeLast;
        beforeLast = last;
        last = next;
      }
      return scale * (last * last + beforeLast * beforeLast - coefficient * last * beforeLast);
    });
  }
}

export function strongest(powers: Float64Array): number {
  let best = 0;
  for (let i = 1; i < powers.length; i++) if ((powers[i] ?? 0) > (powers[best] ?? 0)) best = i;
  return best;
}

export function meanSquare(samples: Float64Array, start: number, count: number): number {
  let sum = 0;
  for (let i = start; i < start + count; i++) sum += (samples[i] ?? 0) ** 2;
  return sum / count;
}
