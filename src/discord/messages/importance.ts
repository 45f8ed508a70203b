import { AsyncLocalStorage } from 'node:async_hooks';
import type { Importance } from '../../core/ports/shared-limits.ts';

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
