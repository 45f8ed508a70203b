import type { Log } from '../core/log.ts';
import { connectDiscord, type DiscordOptions } from '../discord/gateway/client.ts';
import { OwnLimits } from '../discord/limits/own-limits.ts';
import { PostingLoad } from '../discord/limits/posting-load.ts';
import { SharedRequests } from '../discord/limits/requests.ts';
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
  const { metrics } = shared;
  const requests = new SharedRequests(new OwnLimits(), metrics.discord);
  const client = await connectDiscord({ ...discord, through: requests.through }, signal);
  const load = new PostingLoad(requests, log);
  metrics.readFrom({ isPostingDegraded: () => load.style !== 'grow' });
  const bot = new Bot(client, { ...shared, costliestStyle: () => load.style });
  bots.add(bot);
  return {
    isReady: () => bot.isConnected,
    async begin() {
      const commands = await bot.serve();
      log.info({ guilds: client.guilds.cache.size, commands }, `Ready as ${client.user.tag}`);
    },
    // The bot ends with all bots.
    async [Symbol.asyncDispose]() {
      load[Symbol.dispose]();
    },
  };
}
