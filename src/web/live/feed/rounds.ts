const PAUSE_PER_READER_MS = 0.1; // sending to one takes about a third of that
const LONGEST_PAUSE_MS = 150; // well under what a reader notices

/**
 * Wakes the readers of a feed in rounds: at once after a pause that grows with their number, and what comes meanwhile is sent
 * together. So a thousand readers take about a third of a core, however many people talk.
 */
export class Rounds implements Disposable {
  readonly #wakes = new Set<() => void>();
  #wokeMs = Number.NEGATIVE_INFINITY;
  #waiting: NodeJS.Timeout | undefined;

  /** Calls back whenever there is more. @returns a function that ends the callbacks */
  watch(wake: () => void): () => void {
    this.#wakes.add(wake);
    return () => void this.#wakes.delete(wake);
  }

  /** There is more. */
  wakeAll(): void {
    if (this.#waiting) return;
    const pauseMs = Math.min(LONGEST_PAUSE_MS, Math.floor(this.#wakes.size * PAUSE_PER_READER_MS));
    const waitMs = this.#wokeMs + pauseMs - performance.now();
    if (waitMs <= 0) this.#wakeNow();
    else this.#waiting = setTimeout(() => this.#wakeNow(), waitMs);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#waiting);
  }

  #wakeNow(): void {
    this.#waiting = undefined;
    this.#wokeMs = performance.now();
    for (const wake of this.#wakes) wake();
  }
}
