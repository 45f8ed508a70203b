import { randomBytes } from 'node:crypto';
import type { Client } from 'discord.js';
import type { ChannelId } from '../../core/ids.ts';
import type { MessagePlace } from '../../core/record.ts';
import { MessageApi } from './message-api.ts';

/** Posts a sentence of the bot, as Markdown that the caller made safe. @throws as discord.js does */
export async function say(
  client: Client,
  channelId: ChannelId,
  markdown: string,
  signal: AbortSignal,
): Promise<MessagePlace> {
  const nonce = randomBytes(9).toString('base64url');
  const { id } = await new MessageApi(client).create(channelId, { content: markdown, nonce }, signal);
  return { channelId, messageId: id };
}
