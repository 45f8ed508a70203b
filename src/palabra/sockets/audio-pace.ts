/**
 * How much audio may be handed over now: as much as time has passed, and a little ahead.
 *
 * Audio pushed much faster than real time is not transcribed.
 */
export class AudioPace {
  readonly #burstMs: number;
  #allowanceMs: number;
  #asOfMs: number;

  constructor(burstMs: number, nowMs: number) {
    this.#burstMs = burstMs;
    this.#allowanceMs = burstMs;
    this.#asOfMs = nowMs;
  }

  /** Takes `ms` of the allowance if there is as much. */
  spendAllowance(ms: number, nowMs: number): boolean {
    this.#allowanceMs = Math.min(this.#burstMs, this.#allowanceMs + Math.max(0, nowMs - this.#asOfMs));
    this.#asOfMs = nowMs;
    if (this.#allowanceMs < ms) return false;
    this.#allowanceMs -= ms;
    return true;
  }
}
