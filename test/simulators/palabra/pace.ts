/** Measures how far the audio of a socket runs ahead of real time; a pause does not earn a right to rush later. */
export class Pace {
  #aheadMs = 0;
  #lastMs: number | undefined;

  /** @returns how far ahead the audio is with this much more of it */
  hear(durationMs: number, nowMs: number): number {
    const elapsedMs = nowMs - (this.#lastMs ?? nowMs);
    this.#lastMs = nowMs;
    this.#aheadMs = Math.max(0, this.#aheadMs - elapsedMs) + durationMs;
    return this.#aheadMs;
  }
}
