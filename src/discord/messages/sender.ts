import type { ChannelId, MessageId } from '../../core/ids.ts';
import type { MessageApi } from './message-api.ts';
import type { ChannelPace } from './pace.ts';
import { Pace } from './pace.ts';

export interface Post {
  readonly content: string;
  /** The same for every attempt of one message. */
  readonly nonce: string;
  readonly isSilent: boolean; // no push notification
}

/** Who writes our messages in a channel, and how fast they may. */
export interface Sender {
  readonly isSpeaker: boolean; // messages stand under the speaker's own name
  readonly posts: Pace;
  readonly edits: Pace;
  create(channelId: ChannelId, post: Post, signal: AbortSignal): Promise<MessageId>;
  /** Looks for a message whose answer was lost; without it, `create` again gives the one that is there. */
  recover?(channelId: ChannelId, post: Post, signal: AbortSignal): Promise<MessageId | undefined>;
  edit(channelId: ChannelId, id: MessageId, content: string, signal: AbortSignal): Promise<void>;
  remove(channelId: ChannelId, id: MessageId, signal: AbortSignal): Promise<void>;
}

/** The bot under its own name, in one channel. */
export class BotSender implements Sender {
  readonly isSpeaker = false;
  readonly #api: MessageApi;
  readonly #channelId: () => ChannelId | undefined;
  readonly #unknown: ChannelPace = { posts: new Pace(), edits: new Pace() };

  /** @param channelId - where it writes; unknown while its thread is not yet started */
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
