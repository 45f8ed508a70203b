/** How often something may happen: so often at once, and so often a second for good. */
export class RateLimit {
  readonly #burst: number;
  readonly #aSecond: number;
  #left: number;
  #atMs = 0;

  constructor(burst: number, aSecond: number) {
    this.#burst = burst;
    this.#aSecond = aSecond;
    this.#left = burst;
  }

  /** It happens once more. Returns whether that is too often. */
  isExceeded(nowMs: number): boolean {
    const earned = (Math.max(0, nowMs - this.#atMs) * this.#aSecond) / 1_000;
    this.#left = Math.min(this.#burst, this.#left + earned) - 1;
    this.#atMs = nowMs;
    return this.#left < 0;
  }
}
