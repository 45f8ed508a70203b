import { type Client, REST } from 'discord.js';

/** Whose requests these are. Each has a client of its own, so that a panel and edits never wait for each other. */
export type Whose = 'edits' | 'panel';

const known = new WeakMap<Client, Map<Whose, REST>>();

/**
 * A REST client that never waits: a 429 comes back at once as a `RateLimitError`, and the caller decides.
 *
 * The queue of discord.js's own client stops for a whole channel while Discord wants one request to wait. For an edit
 * of a message older than an hour that is half a minute and more (error 30046), and concerns that message alone.
 */
export function unqueuedRest(client: Client, whose: Whose): REST {
  const all = known.get(client) ?? new Map<Whose, REST>();
  known.set(client, all);
  const { api, timeout, retries, makeRequest, globalRequestsPerSecond } = client.rest.options;
  const options = { api, timeout, retries, makeRequest, globalRequestsPerSecond };
  const rest = all.get(whose) ?? new REST({ ...options, rejectOnRateLimit: () => true });
  all.set(whose, rest);
  return client.token === null ? rest : rest.setToken(client.token);
}
