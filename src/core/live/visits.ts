const AT_ONCE = 30; // requests for pages and streams
const ONE_MORE_EVERY_MS = 1_000;

/** Counts the visits of one key: thirty at once, and one more every second. */
export class Visits {
  #count = 0;
  #countedMs = performance.now();

  get areTooMany(): boolean {
    const nowMs = performance.now();
    this.#count = Math.max(0, this.#count - (nowMs - this.#countedMs) / ONE_MORE_EVERY_MS);
    this.#countedMs = nowMs;
    return this.#count >= AT_ONCE;
  }

  /** Counts a visit. @returns whether it is allowed: there were not too many recently */
  visit(): boolean {
    if (this.areTooMany) return false;
    this.#count += 1;
    return true;
  }
}
