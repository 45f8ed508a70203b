/** The newest part of a stream of samples, addressed by position in the whole stream. */
export class SampleWindow {
  #samples = new Float64Array(1 << 14);
  #first = 0; // position of the oldest one kept
  #count = 0;

  /** Position after the newest sample. */
  get end(): number {
    return this.#first + this.#count;
  }

  get array(): Float64Array {
    return this.#samples;
  }

  /** Where in `array` a position lies. */
  at(position: number): number {
    return position - this.#first;
  }

  append(samples: Float64Array): void {
    const needed = this.#count + samples.length;
    if (needed > this.#samples.length) {
      const larger = new Float64Array(Math.max(needed, this.#samples.length * 2));
      larger.set(this.#samples.subarray(0, this.#count));
      this.#samples = larger;
    }
    this.#samples.set(samples, this.#count);
    this.#count = needed;
  }

  forgetBefore(position: number): void {
    const gone = Math.min(Math.max(0, position - this.#first), this.#count);
    this.#samples.copyWithin(0, gone, this.#count);
    this.#first += gone;
    this.#count -= gone;
  }
}
