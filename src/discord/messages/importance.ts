import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { Importance } from '../../core/ports/shared-limits.ts';
import { failureOf } from './failure.ts';

const PATIENCE_MS = 30_000;

const current = new AsyncLocalStorage<Importance>();

/**
 * Makes requests that may wait: nothing is lost when they come late, or not at all.
 *
 * The mark goes with the call through discord.js, down to where the request is sent (`RESTOptions.makeRequest`), which
 * is told nothing else about it.
 */
export function mayWait<T>(ask: () => Promise<T>): Promise<T> {
  return current.run('may wait', ask);
}

/** How much the request matters that is about to be sent. */
export function importanceNow(): Importance {
  return current.getStore() ?? 'must go';
}

/**
 * Makes requests for which nobody waits, but which have to be made: they give way to others for half a minute, asking
 * again whenever they were crowded out.
 */
export async function giveWay<T>(ask: () => Promise<T>): Promise<T> {
  const untilMs = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await (performance.now() < untilMs ? mayWait(ask) : ask());
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind !== 'crowded out') throw error;
      await delay(failure.waitMs);
    }
  }
}
