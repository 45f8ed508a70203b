import type { Client } from 'discord.js';
import { quiet } from '../../../src/core/log.ts';
import { connectDiscord } from '../../../src/discord/gateway/client.ts';
import { type DiscordOptions, type DiscordSimulator, startDiscord } from '../../simulators/discord/index.ts';

export interface Connected extends AsyncDisposable {
  readonly discord: DiscordSimulator;
  readonly client: Client<true>;
}

/** Logs the real client in to a simulated Discord that `build` has filled. */
export async function connected(
  build: (discord: DiscordSimulator) => void,
  options: DiscordOptions = {},
  { messageContent = false } = {},
): Promise<Connected> {
  const discord = await startDiscord(options);
  build(discord);
  const { signal } = new AbortController();
  const client = await connectDiscord(
    { token: discord.token, apiUrl: discord.apiUrl, messageContent, log: quiet },
    signal,
  );
  return {
    discord,
    client,
    async [Symbol.asyncDispose]() {
      await client.destroy();
      await discord.close();
    },
  };
}
