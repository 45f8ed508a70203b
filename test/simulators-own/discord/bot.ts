import { Client, type ClientOptions, Events, GatewayIntentBits } from 'discord.js';
import { afterAll } from 'vitest';
import { type DiscordOptions, type DiscordSimulator, startDiscord } from '../../simulators/discord/index.ts';

export const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates];

type Shards = Pick<ClientOptions, 'shards' | 'shardCount'>;

interface Bots {
  discord(options?: DiscordOptions): Promise<DiscordSimulator>;
  /** An unmodified discord.js client of the simulator, not logged in. */
  newClient(sim: DiscordSimulator, intents?: readonly GatewayIntentBits[], shards?: Shards): Client;
  /** The same, logged in and ready. */
  login(sim: DiscordSimulator, intents?: readonly GatewayIntentBits[], shards?: Shards): Promise<Client<true>>;
}

/** Simulators and clients that end with the file that asks for this, as its tests may run side by side. */
export function bots(): Bots {
  const running = new AsyncDisposableStack();
  afterAll(() => running.disposeAsync());

  const newClient: Bots['newClient'] = (sim, intents = INTENTS, shards = {}) => {
    const client = new Client({ intents: [...intents], rest: { api: sim.apiUrl }, ...shards });
    client.on(Events.Error, () => {}); // tests that care listen themselves
    running.defer(() => client.destroy());
    return client;
  };

  return {
    newClient,
    discord: async (options) => running.use(await startDiscord(options)),
    login: async (sim, intents, shards) => {
      const client = newClient(sim, intents, shards);
      const ready = Promise.withResolvers<Client<true>>();
      client.once(Events.ClientReady, ready.resolve);
      await client.login(sim.token);
      return await ready.promise;
    },
  };
}
