/** Limits how often something may happen: a burst at once, and a steady rate a second after that. */
export class RateLimit {
  readonly #burst: number;
  readonly #perSecond: number;
  #left: number;
  #atMs = 0;

  constructor(burst: number, perSecond: number) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#left = burst;
  }

  /** Counts one event. Returns whether it exceeds the limit. */
  isExceeded(nowMs: number): boolean {
    const earned = (Math.max(0, nowMs - this.#atMs) * this.#perSecond) / 1_000;
    this.#left = Math.min(this.#burst, this.#left + earned) - 1;
    this.#atMs = nowMs;
    return this.#left < 0;
  }
}
