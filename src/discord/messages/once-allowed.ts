import { setTimeout as delay } from 'node:timers/promises';
import { failureOf } from './failure.ts';
import type { Pace } from './pace.ts';
import { retryDelayMs } from './retry-delay.ts';

const ATTEMPTS = 4; // while Discord or the network is in trouble

/**
 * Makes a request that nobody waits for: as soon as the limits allow it, and again whenever Discord wants it to wait.
 *
 * @param sleep - rejects when the signal aborts
 * @throws what the request throws when trying again does not help, and the signal's reason
 */
export async function onceAllowed<T>(
  pace: Pace,
  signal: AbortSignal,
  ask: () => Promise<T>,
  sleep: (ms: number) => Promise<unknown> = (ms) => delay(ms, undefined, { signal }),
): Promise<T> {
  for (let attempt = 1; ; ) {
    signal.throwIfAborted();
    await sleep(pace.delayMs());
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      const failure = failureOf(error);
      if (failure.kind === 'rate limited') await sleep(failure.waitMs);
      else if (failure.kind === 'try again' && attempt < ATTEMPTS) {
        await sleep(retryDelayMs(attempt));
        attempt += 1;
      } else throw error;
    }
  }
}
