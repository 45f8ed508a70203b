import { type Client, REST } from 'discord.js';

/** What has requests of its own: a panel waits for nobody's edits, and nobody for a panel's. */
export type Whose = 'edits' | 'panel';

const known = new WeakMap<Client, Map<Whose, REST>>();

/**
 * Requests that a refusal does not hold back.
 *
 * The client's own queue stands still for a whole channel as long as Discord wants one request to wait. For an edit of a message that is older
 * than an hour that is half a minute and more (error 30046), and concerns that message alone. Here a 429 comes back at once as a
 * `RateLimitError`, and whoever asked decides.
 */
export function unqueuedRest(client: Client, whose: Whose): REST {
  const all = known.get(client) ?? new Map<Whose, REST>();
  known.set(client, all);
  const { api, timeout, retries, makeRequest } = client.rest.options;
  const rest = all.get(whose) ?? new REST({ api, timeout, retries, makeRequest, rejectOnRateLimit: () => true });
  all.set(whose, rest);
  return client.token === null ? rest : rest.setToken(client.token);
}
