import { setTimeout as delay } from 'node:timers/promises';

/** Requests that may follow at once at the start of a window; the rest of it is spread over the window's time. */
const BURST = 2;
/** Clocks and the network disagree a little. */
const MARGIN_MS = 50;

/**
 * Keeps one kind of request within its rate limit, by what the answers' headers say.
 *
 * discord.js would wait by itself, but only once nothing is left of the window, and with the request already made up:
 * here the waiting is spread and comes first, so that everything that was said meanwhile goes along.
 */
export class Pace {
  #nextAtMs = 0; // of performance.now()

  /** How long the next request has to wait. */
  get delayMs(): number {
    return Math.max(0, this.#nextAtMs - performance.now());
  }

  /** Resolves when a request may be sent. Rejects with the signal's reason. */
  async ready(signal: AbortSignal): Promise<void> {
    while (this.delayMs > 0) await delay(this.delayMs, undefined, { signal });
  }

  /** Takes in what an answer says about its bucket. Without those headers nothing is slowed down. */
  learn(headers: { get(name: string): string | null }): void {
    const limit = numberIn(headers, 'x-ratelimit-limit');
    const remaining = numberIn(headers, 'x-ratelimit-remaining');
    const resetAfterS = numberIn(headers, 'x-ratelimit-reset-after');
    if (limit === undefined || remaining === undefined || resetAfterS === undefined) return;
    const resetAfterMs = resetAfterS * 1_000 + MARGIN_MS;
    const waitMs = remaining > 0 && remaining >= limit - BURST ? 0 : resetAfterMs / (remaining + 1);
    this.#nextAtMs = performance.now() + waitMs;
  }

  /** After a failure: not before this. */
  holdFor(waitMs: number): void {
    this.#nextAtMs = Math.max(this.#nextAtMs, performance.now() + waitMs);
  }
}

function numberIn(headers: { get(name: string): string | null }, name: string): number | undefined {
  const value = headers.get(name);
  return value === null || value.trim() === '' || Number.isNaN(Number(value)) ? undefined : Number(value);
}
