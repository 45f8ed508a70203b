import type { ChannelId, MessageId } from '../../core/ids.ts';
import type { MessageApi } from './message-api.ts';
import type { ChannelPace } from './pace.ts';
import { Pace } from './pace.ts';

export interface Post {
  readonly content: string;
  /** The same for every attempt to post one message. */
  readonly nonce: string;
  readonly isSilent: boolean; // no push notification
}

/** Writes messages in a channel under one name, and knows how fast it may. */
export interface Sender {
  readonly isSpeaker: boolean; // messages appear under the speaker's own name
  readonly posts: Pace;
  readonly edits: Pace;
  create(channelId: ChannelId, post: Post, signal: AbortSignal): Promise<MessageId>;
  /**
   * Looks for a message whose answer was lost. Without this method, a second `create` answers with the first message.
   */
  recover?(channelId: ChannelId, post: Post, signal: AbortSignal): Promise<MessageId | undefined>;
  edit(channelId: ChannelId, id: MessageId, content: string, signal: AbortSignal): Promise<void>;
  remove(channelId: ChannelId, id: MessageId, signal: AbortSignal): Promise<void>;
}

/** Writes as the bot, under its own name. */
export class BotSender implements Sender {
  readonly isSpeaker = false;
  readonly #api: MessageApi;
  readonly #channelId: () => ChannelId | undefined;
  readonly #unknown: ChannelPace = { posts: new Pace(), edits: new Pace() };

  /** @param channelId - the channel; unknown while its thread is not started yet */
  constructor(api: MessageApi, channelId: () => ChannelId | undefined) {
    this.#api = api;
    this.#channelId = channelId;
  }

  get posts(): Pace {
    return this.#pace.posts;
  }
  get edits(): Pace {
    return this.#pace.edits;
  }
  get #pace(): ChannelPace {
    const channelId = this.#channelId();
    return channelId === undefined ? this.#unknown : this.#api.paceIn(channelId);
  }

  async create(channelId: ChannelId, post: Post, signal: AbortSignal): Promise<MessageId> {
    return (await this.#api.create(channelId, post, signal)).id;
  }

  async edit(channelId: ChannelId, id: MessageId, content: string, signal: AbortSignal): Promise<void> {
    await this.#api.edit(channelId, id, { content }, signal);
  }

  async remove(channelId: ChannelId, id: MessageId, signal: AbortSignal): Promise<void> {
    await this.#api.remove(channelId, id, signal);
  }
}
