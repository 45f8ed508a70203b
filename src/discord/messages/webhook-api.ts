import {
  type Client,
  MessageFlags,
  REST,
  type RequestData,
  RequestMethod,
  type RouteLike,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import { z } from 'zod';
import type { ChannelId, MessageId } from '../../core/ids.ts';
import { MAX_MESSAGES_READ } from '../formatting/limits.ts';
import { failureOf, KnownFailure } from './failure.ts';
import { inOpenThread, NOBODY } from './message-api.ts';
import type { Pace } from './pace.ts';

/** Whoever knows it may write in the webhook's channel: it is never shown, nor logged. */
export interface WebhookKey {
  readonly id: string;
  readonly token: string;
}

const WEBHOOKS = z.array(
  z.object({ id: z.string(), token: z.string().optional(), application_id: z.string().nullish() }),
);

/** A new message, and the channel that Discord posted it in. */
interface Executed {
  readonly id: MessageId;
  readonly channelId: ChannelId | undefined; // when the answer does not tell
}

/** The name and picture that a webhook writes under. */
export interface WebhookProfile {
  readonly username: string; // as `safeName` makes it
  readonly avatarUrl?: string;
}

/**
 * Writes through webhooks, under other people's names.
 *
 * It has a REST client of its own: requests go without the bot's token, and the client neither repeats nor delays any.
 * Webhooks have no nonce, so a repeated request would post twice.
 */
export class WebhookApi {
  readonly #client: Client<true>;
  readonly #rest: REST;

  constructor(client: Client<true>) {
    this.#client = client;
    const { api, timeout, makeRequest, globalRequestsPerSecond } = client.rest.options;
    const options = { api, timeout, makeRequest, globalRequestsPerSecond };
    this.#rest = new REST({ ...options, retries: 0, rejectOnRateLimit: () => true });
  }

  /** Finds the bot's webhook in a channel, or creates it. @throws as discord.js does */
  async findOrCreate(channelId: ChannelId, signal: AbortSignal): Promise<WebhookKey> {
    const route = Routes.channelWebhooks(channelId);
    const all = await this.#webhooksIn(channelId, signal);
    const own = all.filter((webhook) => webhook.application_id === this.#client.application.id);
    const key = own.map(keyOf).find((found) => found !== undefined);
    if (key) return key;
    const name = /discord|clyde/i.test(this.#client.user.username) ? 'Transcript' : this.#client.user.username;
    const made = keyOf(await this.#client.rest.post(route, { body: { name }, signal }));
    if (made) return made;
    throw new Error('Cannot use a webhook: the answer of Discord holds no token');
  }

  /** The webhooks of a channel that the bot can write with. @throws as discord.js does */
  async keysIn(channelId: ChannelId, signal: AbortSignal): Promise<readonly WebhookKey[]> {
    return (await this.#webhooksIn(channelId, signal)).map(keyOf).filter((key) => key !== undefined);
  }

  async #webhooksIn(channelId: ChannelId, signal: AbortSignal): Promise<z.infer<typeof WEBHOOKS>> {
    return WEBHOOKS.parse(await this.#client.rest.get(Routes.channelWebhooks(channelId), { signal }));
  }

  /** @throws {KnownFailure} */
  async execute(
    key: WebhookKey,
    threadId: ChannelId | undefined,
    { username, avatarUrl }: WebhookProfile,
    content: string,
    signal: AbortSignal,
    pace: Pace,
  ): Promise<Executed> {
    const flags = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications;
    const body = { content, username, avatar_url: avatarUrl, flags, allowed_mentions: NOBODY };
    const query = queryOf(threadId, { wait: 'true' });
    const answer = await this.#ask(
      RequestMethod.Post,
      Routes.webhook(key.id, key.token),
      { query, body, signal },
      pace,
    );
    return { id: idOf(answer) ?? raise(), channelId: channelIdOf(answer) };
  }

  /** The channel of a webhook now: somebody who manages webhooks may have moved it. @throws {KnownFailure} */
  async channelOf(key: WebhookKey, signal: AbortSignal): Promise<ChannelId | undefined> {
    return channelIdOf(await this.#ask(RequestMethod.Get, Routes.webhook(key.id, key.token), { signal }));
  }

  /** @throws {KnownFailure} */
  async edit(
    key: WebhookKey,
    threadId: ChannelId | undefined,
    id: MessageId,
    content: string,
    signal: AbortSignal,
    pace: Pace,
  ): Promise<void> {
    const body = { content, allowed_mentions: NOBODY };
    const route = Routes.webhookMessage(key.id, key.token, id);
    const ask = () => this.#ask(RequestMethod.Patch, route, { query: queryOf(threadId), body, signal }, pace);
    await (threadId === undefined ? ask() : inOpenThread(this.#client, threadId, ask, signal));
  }

  /** @throws {KnownFailure} */
  async remove(key: WebhookKey, threadId: ChannelId | undefined, id: MessageId, signal: AbortSignal): Promise<void> {
    const route = Routes.webhookMessage(key.id, key.token, id);
    await this.#ask(RequestMethod.Delete, route, { query: queryOf(threadId), signal });
  }

  /** Deletes a message in any channel, as the webhook or as the bot. @returns whether it is gone */
  async deleteAnywhere(key: WebhookKey, channelId: ChannelId, id: MessageId, signal: AbortSignal): Promise<boolean> {
    const isGone = (error: unknown) => {
      signal.throwIfAborted();
      return failureOf(error).kind === 'message gone';
    };
    const asWebhook = this.remove(key, undefined, id, signal).then(() => true, isGone);
    if (await asWebhook) return true;
    return await this.#client.rest.delete(Routes.channelMessage(channelId, id), { signal }).then(() => true, isGone);
  }

  /**
   * Looks for a message that may have been posted although its answer was lost.
   *
   * @param isKnown - excludes messages
   * @throws {KnownFailure} when the messages cannot be read
   */
  async findMessage(
    key: WebhookKey,
    channelId: ChannelId,
    threadId: ChannelId | undefined,
    sought: { readonly username: string; readonly content: string; readonly sinceMs: number },
    isKnown: (id: MessageId) => boolean,
    signal: AbortSignal,
  ): Promise<MessageId | undefined> {
    const after = SnowflakeUtil.generate({ timestamp: sought.sinceMs }).toString();
    const query = new URLSearchParams({ after, limit: String(MAX_MESSAGES_READ) });
    const latest = await guarded(signal, () =>
      this.#client.rest.get(Routes.channelMessages(channelId), { query, signal }),
    );
    for (const message of Array.isArray(latest) ? latest : []) {
      const id = idOf(message);
      const isOurs = message.webhook_id === key.id && message.author?.username === sought.username;
      if (id === undefined || !isOurs || isKnown(id)) continue;
      // Without the message content intent the list may not show it; the webhook always sees its own.
      if ((await this.readMessage(key, threadId, id, signal)) === sought.content) return id;
    }
    return undefined;
  }

  /** The content of one of its messages. @throws {KnownFailure} */
  async readMessage(
    key: WebhookKey,
    threadId: ChannelId | undefined,
    id: MessageId,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const route = Routes.webhookMessage(key.id, key.token, id);
    return contentOf(await this.#ask(RequestMethod.Get, route, { query: queryOf(threadId), signal }));
  }

  async #ask(method: RequestMethod, fullRoute: RouteLike, data: RequestData, pace?: Pace): Promise<unknown> {
    return await guarded(data.signal ?? undefined, async () => {
      const response = await this.#rest.queueRequest({ ...data, method, fullRoute, auth: false });
      pace?.learnFrom(response.headers);
      const text = await response.text();
      return text === '' ? undefined : JSON.parse(text);
    });
  }
}

async function guarded<T>(signal: AbortSignal | undefined, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    signal?.throwIfAborted();
    throw new KnownFailure(failureOf(error));
  }
}

function queryOf(threadId: ChannelId | undefined, more: Readonly<Record<string, string>> = {}): URLSearchParams {
  return new URLSearchParams({ ...more, ...(threadId !== undefined && { thread_id: threadId }) });
}

function keyOf(webhook: unknown): WebhookKey | undefined {
  const id = idOf(webhook);
  const hasToken = typeof webhook === 'object' && webhook !== null && 'token' in webhook;
  return id !== undefined && hasToken && typeof webhook.token === 'string' ? { id, token: webhook.token } : undefined;
}

function idOf(thing: unknown): string | undefined {
  const hasId = typeof thing === 'object' && thing !== null && 'id' in thing;
  return hasId && typeof thing.id === 'string' ? thing.id : undefined;
}

function channelIdOf(thing: unknown): ChannelId | undefined {
  const hasChannel = typeof thing === 'object' && thing !== null && 'channel_id' in thing;
  return hasChannel && typeof thing.channel_id === 'string' ? thing.channel_id : undefined;
}

function contentOf(message: unknown): string | undefined {
  const hasContent = typeof message === 'object' && message !== null && 'content' in message;
  return hasContent && typeof message.content === 'string' ? message.content : undefined;
}

function raise(): never {
  throw new KnownFailure({ kind: 'try again' });
}
