import { Client, type ClientOptions, Events, GatewayIntentBits } from 'discord.js';
import { afterAll } from 'vitest';
import { type DiscordOptions, type DiscordSimulator, startDiscord } from '../../simulators/discord/index.ts';

const running = new AsyncDisposableStack();

afterAll(() => running.disposeAsync());

/** A simulator that ends with the file: tests may run side by side. */
export async function discord(options: DiscordOptions = {}): Promise<DiscordSimulator> {
  return running.use(await startDiscord(options));
}

export const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates];

type Shards = Pick<ClientOptions, 'shards' | 'shardCount'>;

/** An unmodified discord.js client of the simulator, not logged in; it ends with the file. */
export function newClient(
  sim: DiscordSimulator,
  intents: readonly GatewayIntentBits[] = INTENTS,
  shards: Shards = {},
): Client {
  const client = new Client({ intents: [...intents], rest: { api: sim.apiUrl }, ...shards });
  client.on(Events.Error, () => {}); // tests that care listen themselves
  running.defer(() => client.destroy());
  return client;
}

/** The same, logged in and ready. */
export async function login(
  sim: DiscordSimulator,
  intents: readonly GatewayIntentBits[] = INTENTS,
  shards: Shards = {},
): Promise<Client<true>> {
  const client = newClient(sim, intents, shards);
  const ready = Promise.withResolvers<Client<true>>();
  client.once(Events.ClientReady, ready.resolve);
  await client.login(sim.token);
  return await ready.promise;
}
