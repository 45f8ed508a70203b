import { REST, type RESTGetAPICurrentUserResult, type RESTGetAPIGatewayBotResult, Routes } from 'discord.js';
import type { SpeakerId } from '../../core/ids.ts';

/** What has to be known of the bot before it logs in. */
export interface Application {
  readonly botId: SpeakerId;
  readonly name: string;
  readonly recommendedShards: number;
}

/** @throws as discord.js does when Discord refuses or cannot be reached */
export async function applicationOf(
  { token, apiUrl }: { readonly token: string; readonly apiUrl: string },
  signal: AbortSignal,
): Promise<Application> {
  const rest = new REST({ api: apiUrl }).setToken(token);
  const user = (await rest.get(Routes.user(), { signal })) as RESTGetAPICurrentUserResult;
  const { shards } = (await rest.get(Routes.gatewayBot(), { signal })) as RESTGetAPIGatewayBotResult;
  return { botId: user.id, name: user.username, recommendedShards: shards };
}
