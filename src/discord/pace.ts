import { setTimeout as delay } from 'node:timers/promises';

/** Requests that may follow at once at the start of a window; the rest of it is spread over the window's time. */
const BURST = 1;
/** What may wait leaves so much of every window to what may not. */
const RESERVE = 2;
/** Clocks and the network disagree a little. */
const MARGIN_MS = 50;

/** `may wait`: nothing is lost when it comes late, as with words that are still being spoken. */
export type Urgency = 'must go' | 'may wait';

/**
 * Keeps one kind of request within its rate limit, by what the answers' headers say.
 *
 * discord.js would wait by itself, but only once nothing is left of the window, and with the request already made up:
 * here the waiting is spread and comes first, so that everything that was said meanwhile goes along.
 */
export class Pace {
  #mustAtMs = 0; // of performance.now()
  #mayAtMs = 0;
  #resetAtMs = 0; // then the window is empty again
  #atOnce = BURST + 1; // how many of those that must go could go now

  /** How long the next request has to wait. */
  delayMs(urgency: Urgency = 'must go'): number {
    const atMs = urgency === 'must go' ? this.#mustAtMs : Math.max(this.#mayAtMs, this.#mustAtMs);
    return Math.max(0, atMs - performance.now());
  }

  /** How many requests could go one after another without a pause. */
  get atOnce(): number {
    if (this.delayMs() > 0) return 0;
    return performance.now() >= this.#resetAtMs ? BURST + 1 : Math.max(1, this.#atOnce);
  }

  /** Resolves when a request may be sent. Rejects with the signal's reason. */
  async ready(signal: AbortSignal): Promise<void> {
    while (this.delayMs() > 0) await delay(this.delayMs(), undefined, { signal });
  }

  /** Takes in what an answer says about its bucket. Without those headers nothing is slowed down. */
  learn(headers: { get(name: string): string | null }): void {
    const limit = numberIn(headers, 'x-ratelimit-limit');
    const remaining = numberIn(headers, 'x-ratelimit-remaining');
    const resetAfterS = numberIn(headers, 'x-ratelimit-reset-after');
    if (limit === undefined || remaining === undefined || resetAfterS === undefined) return;
    const nowMs = performance.now();
    const resetAfterMs = resetAfterS * 1_000 + MARGIN_MS;
    const isBurst = remaining > 0 && remaining >= limit - BURST;
    const toSpare = Math.max(0, remaining - RESERVE);
    this.#atOnce = isBurst ? remaining - (limit - BURST) + 1 : 0;
    this.#resetAtMs = nowMs + resetAfterMs;
    this.#mustAtMs = nowMs + (isBurst ? 0 : resetAfterMs / (remaining + 1));
    this.#mayAtMs = nowMs + resetAfterMs / (toSpare + 1);
  }

  /** After a failure: not before this. */
  holdFor(waitMs: number): void {
    this.#mustAtMs = Math.max(this.#mustAtMs, performance.now() + waitMs);
  }
}

function numberIn(headers: { get(name: string): string | null }, name: string): number | undefined {
  const value = headers.get(name);
  return value === null || value.trim() === '' || Number.isNaN(Number(value)) ? undefined : Number(value);
}
