/**
 * Limits audio to real time, with an allowance to run ahead: the recogniser does not transcribe audio that comes much
 * faster.
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

  /** Takes `ms` from the allowance. Returns false, and takes nothing, when less is left. */
  spendAllowance(ms: number, nowMs: number): boolean {
    this.#allowanceMs = Math.min(this.#burstMs, this.#allowanceMs + Math.max(0, nowMs - this.#asOfMs));
    this.#asOfMs = nowMs;
    if (this.#allowanceMs < ms) return false;
    this.#allowanceMs -= ms;
    return true;
  }
}
