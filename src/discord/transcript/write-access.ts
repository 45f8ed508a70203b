import type { Client } from 'discord.js';
import type { ChannelId } from '../../core/ids.ts';
import type { MessagePlace } from '../../core/record.ts';
import type { MessageApi } from '../messages/message-api.ts';
import { onceAllowed } from '../messages/once-allowed.ts';
import { Pace } from '../messages/pace.ts';
import { WebhookApi, type WebhookKey } from '../messages/webhook-api.ts';

/** The way to change one message: as the bot, or as the webhook that wrote it. */
export interface WriteAccess {
  /** The content, also where the bot itself is not shown it. @throws as discord.js does, as the others */
  read(): Promise<string | undefined>;
  edit(content: string): Promise<void>;
  remove(): Promise<void>;
}

/** Finds the way to change messages of the bot that it wrote in earlier processes, also through its webhooks. */
export class WriteAccesses {
  readonly #client: Client<true>;
  readonly #api: MessageApi;
  readonly #webhookApi: WebhookApi;
  readonly #webhooks = new Map<ChannelId, Promise<readonly WebhookKey[]>>();
  readonly #paces = new Map<string, Pace>(); // by the webhook's id

  constructor(client: Client<true>, api: MessageApi) {
    this.#client = client;
    this.#api = api;
    this.#webhookApi = new WebhookApi(client);
  }

  /** @throws when a webhook wrote the message and the bot no longer owns it */
  async accessTo(
    { channelId, messageId }: MessagePlace,
    webhookId: string | undefined,
    signal: AbortSignal,
  ): Promise<WriteAccess> {
    if (webhookId === undefined) {
      const { edits } = this.#api.paceIn(channelId);
      return {
        read: async () => (await this.#api.read(channelId, messageId, signal)).content,
        edit: (content) => onceAllowed(edits, signal, () => this.#api.edit(channelId, messageId, { content }, signal)),
        remove: () => this.#api.remove(channelId, messageId, signal),
      };
    }
    // Archived threads are not in the cache.
    const channel = this.#client.channels.cache.get(channelId) ?? (await this.#client.channels.fetch(channelId));
    const parentId = channel?.isThread() ? channel.parentId : null;
    const key = (await this.#webhooksOf(parentId ?? channelId, signal)).find(({ id }) => id === webhookId);
    if (!key) throw new Error('Cannot change the message: the bot does not own its webhook any more');
    const threadId = parentId === null ? undefined : channelId;
    const pace = this.#paceOf(webhookId);
    return {
      read: () => onceAllowed(pace, signal, () => this.#webhookApi.readMessage(key, threadId, messageId, signal)),
      edit: (content) =>
        onceAllowed(pace, signal, () => this.#webhookApi.edit(key, threadId, messageId, content, signal, pace)),
      remove: () => onceAllowed(pace, signal, () => this.#webhookApi.remove(key, threadId, messageId, signal)),
    };
  }

  #webhooksOf(channelId: ChannelId, signal: AbortSignal): Promise<readonly WebhookKey[]> {
    const asked = this.#webhooks.get(channelId) ?? this.#webhookApi.keysIn(channelId, signal);
    this.#webhooks.set(channelId, asked);
    return asked;
  }

  #paceOf(webhookId: string): Pace {
    const pace = this.#paces.get(webhookId) ?? new Pace();
    this.#paces.set(webhookId, pace);
    return pace;
  }
}
