import { type Client, RequestMethod, Routes, SnowflakeUtil } from 'discord.js';
import { z } from 'zod';
import type { ChannelId, MessageId } from '../../core/ids.ts';
import { MAX_MESSAGES_READ } from '../formatting/limits.ts';

const MAX_PAGES = 5;

const MESSAGE = z.object({
  id: z.string(),
  type: z.number(),
  content: z.string(),
  author: z.object({ id: z.string(), username: z.string() }),
  webhook_id: z.string().optional(),
  application_id: z.string().nullish(),
  interaction_metadata: z.unknown().optional(),
  components: z.array(z.unknown()).optional(),
  attachments: z.array(z.object({ filename: z.string() })),
  timestamp: z.string(),
  edited_timestamp: z.string().nullish(),
});
const MESSAGES = z.array(MESSAGE);

/** A message that the bot posted without being asked, in this process or an earlier one. */
export interface OwnMessage {
  readonly id: MessageId;
  readonly channelId: ChannelId;
  readonly content: string;
  /** The name above it, and the bot's webhook that wrote it; missing when the bot wrote it itself. */
  readonly writtenAs?: { readonly webhookId: string; readonly username: string };
  readonly createdAtMs: number; // since 1970
  readonly changedAtMs: number;
  readonly files: readonly string[]; // names
  readonly hasControls: boolean;
}

/**
 * Reads the messages that the bot posted in a channel since a moment, oldest first; only the latest when there are
 * many.
 *
 * @throws as discord.js does when the channel cannot be read
 */
export async function ownMessages(
  client: Client<true>,
  channelId: ChannelId,
  sinceMs: number,
  signal: AbortSignal,
): Promise<OwnMessage[]> {
  const since = BigInt(SnowflakeUtil.generate({ timestamp: Math.max(sinceMs, 0) }));
  const found: OwnMessage[] = [];
  let before: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = new URLSearchParams({ limit: String(MAX_MESSAGES_READ), ...(before !== undefined && { before }) });
    const response = await client.rest.queueRequest({
      method: RequestMethod.Get,
      fullRoute: Routes.channelMessages(channelId),
      query,
      signal,
    });
    const messages = MESSAGES.parse(await response.json());
    const young = messages.filter(({ id }) => BigInt(id) >= since);
    for (const message of young) {
      const own = ownIn(message, channelId, client);
      if (own) found.push(own);
    }
    before = messages.at(-1)?.id;
    if (young.length < MAX_MESSAGES_READ) break;
  }
  return found.reverse();
}

/**
 * Reads one message; `undefined` when the bot did not post it without being asked.
 *
 * @throws as discord.js does when there is none, or it cannot be read
 */
export async function ownMessage(
  client: Client<true>,
  channelId: ChannelId,
  id: MessageId,
  signal: AbortSignal,
): Promise<OwnMessage | undefined> {
  const message = MESSAGE.parse(await client.rest.get(Routes.channelMessage(channelId, id), { signal }));
  return ownIn(message, channelId, client);
}

function ownIn(message: z.infer<typeof MESSAGE>, channelId: ChannelId, client: Client<true>): OwnMessage | undefined {
  const { webhook_id: webhookId, author } = message;
  const isOwn =
    webhookId === undefined ? author.id === client.user.id : message.application_id === client.application.id;
  if (!isOwn || message.type !== 0 || message.interaction_metadata !== undefined) return undefined;
  return {
    id: message.id,
    channelId,
    content: message.content,
    ...(webhookId !== undefined && { writtenAs: { webhookId, username: author.username } }),
    createdAtMs: Date.parse(message.timestamp),
    changedAtMs: Date.parse(message.edited_timestamp ?? message.timestamp),
    files: message.attachments.map(({ filename }) => filename),
    hasControls: (message.components ?? []).length > 0,
  };
}
