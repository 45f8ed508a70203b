import type { Log } from '../core/log.ts';
import { connectDiscord, type DiscordOptions } from '../discord/gateway/client.ts';
import { Bot } from './bot.ts';
import type { Bots } from './bots.ts';
import type { Crew } from './crew.ts';
import type { Shared } from './shared.ts';

interface AloneParts {
  readonly discord: DiscordOptions;
  readonly shared: Shared;
  readonly bots: Bots;
  readonly log: Log;
}

/**
 * Logs in as the only process of the bot: one client has all shards.
 *
 * @throws {DiscordError} when that is impossible
 */
export async function standAlone({ discord, shared, bots, log }: AloneParts, signal: AbortSignal): Promise<Crew> {
  const client = await connectDiscord(discord, signal);
  const bot = new Bot(client, shared);
  bots.add(bot);
  return {
    isReady: () => bot.isConnected,
    async begin() {
      const commands = await bot.serve();
      log.info({ guilds: client.guilds.cache.size, commands }, `Ready as ${client.user.tag}`);
    },
    [Symbol.asyncDispose]: async () => {}, // the bot ends with all bots
  };
}
