const QUIET_MS = 1_000; // whoever speaks sends fifty packets a second
const AGAIN_MS = 3_000; // between two questions while all is well
const URGENT_MS = 1_000; // and while no answer comes
const LATE_MS = 1_500; // an answer takes as long as the way there and back
const STOOD_STILL_MS = 1_000; // between two looks: what arrived meanwhile is still to be read

/**
 * Tells silence from deafness: when nothing arrives, either nobody speaks, or the network loses everything. A voice connection
 * that Discord cannot reach seems open for most of a minute.
 *
 * Whoever holds this looks twice a second, asks the voice server what it is told to ask, and reports whatever arrives.
 */
export class SilenceWatch {
  #heardMs: number;
  #lookedMs: number;
  #askedMs = Number.NEGATIVE_INFINITY;
  #waitsSinceMs: number | undefined; // for an answer
  #isDeaf = false;

  constructor(nowMs: number) {
    this.#heardMs = nowMs;
    this.#lookedMs = nowMs;
  }

  /** When something last arrived. */
  get heardMs(): number {
    return this.#heardMs;
  }

  /** The connection is another one, or is known to be away. */
  restart(nowMs: number): void {
    this.hear(nowMs);
    this.#lookedMs = nowMs;
  }

  /** Something arrived. @returns whether that ends a deafness */
  hear(nowMs: number): boolean {
    const wasDeaf = this.#isDeaf;
    this.#heardMs = nowMs;
    this.#waitsSinceMs = undefined;
    this.#isDeaf = false;
    return wasDeaf;
  }

  /** What is to be done now. `deaf`, once: nothing has been heard since `heardMs`. */
  look(nowMs: number): 'ask' | 'deaf' | undefined {
    const sinceLookMs = nowMs - this.#lookedMs;
    this.#lookedMs = nowMs;
    if (sinceLookMs > STOOD_STILL_MS && this.#waitsSinceMs !== undefined) this.#waitsSinceMs += sinceLookMs;
    if (this.#waitsSinceMs !== undefined && !this.#isDeaf && nowMs - this.#waitsSinceMs >= LATE_MS) {
      this.#isDeaf = true;
      return 'deaf';
    }
    const pauseMs = this.#waitsSinceMs === undefined ? AGAIN_MS : URGENT_MS;
    if (nowMs - this.#heardMs < QUIET_MS || nowMs - this.#askedMs < pauseMs) return undefined;
    this.#askedMs = nowMs;
    this.#waitsSinceMs ??= nowMs;
    return 'ask';
  }
}
