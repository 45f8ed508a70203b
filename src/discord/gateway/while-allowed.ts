import type { RESTOptions } from 'discord.js';

type MakeRequest = RESTOptions['makeRequest'];

/**
 * Makes requests only while this process may act: another one does its work otherwise.
 *
 * The request fails like one that found no network: whoever wants it tries again, or finds out meanwhile that nothing is
 * left to do here.
 */
export function whileAllowed(mayAct: () => boolean, makeRequest: MakeRequest): MakeRequest {
  return async (url, init) => {
    if (!mayAct()) throw new Error('This process may not act now: it has lost its place in the cluster');
    return await makeRequest(url, init);
  };
}
