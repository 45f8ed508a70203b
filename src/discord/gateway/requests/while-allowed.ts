import type { RESTOptions } from 'discord.js';

type MakeRequest = RESTOptions['makeRequest'];

/** Whether this process may make requests, where others could do its work. */
export interface RequestRight {
  mayAct(): boolean;
  /** Aborts when requests that are under way must not arrive any more. Another signal follows it. */
  readonly contact: AbortSignal;
}

/**
 * Makes requests only while this process may act: another one does its work otherwise.
 *
 * The request fails like one that found no network: whoever wants it tries again, or finds out meanwhile that nothing is
 * left to do here.
 */
export function whileAllowed(right: RequestRight, makeRequest: MakeRequest): MakeRequest {
  return async (url, init) => {
    if (!right.mayAct()) throw new Error('This process may not act now: it has lost its place in the cluster');
    const signals = [init.signal, right.contact].filter((signal) => signal instanceof AbortSignal);
    return await makeRequest(url, { ...init, signal: AbortSignal.any(signals) });
  };
}
