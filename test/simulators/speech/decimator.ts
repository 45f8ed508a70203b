/** Turns 16-bit samples at any rate into fewer ones at 8 to 16 kHz: the speech alphabet ends at 4 kHz. */
export class Decimator {
  readonly factor: number;
  #sum = 0;
  #count = 0;

  constructor(sampleRateHz: number) {
    this.factor = Math.max(1, Math.floor(sampleRateHz / 8000));
  }

  /** Averages groups of samples; an incomplete group waits for the next call. Full scale becomes 1. */
  reduce(samples: Int16Array): Float64Array {
    const reduced = new Float64Array(Math.floor((this.#count + samples.length) / this.factor));
    let made = 0;
    for (const sample of samples) {
      this.#sum += sample;
      if (++this.#count < this.factor) continue;
      reduced[made++] = this.#sum / (32_768 * this.factor);
      this.#sum = 0;
      this.#count = 0;
    }
    return reduced;
  }
}
