import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type Client,
  MessageFlags,
  PermissionFlagsBits,
  RequestMethod,
  Routes,
} from 'discord.js';
import type { ChannelId, MessageId } from '../core/ids.ts';
import { paceIn } from './channel-pace.ts';
import type { Urgency } from './pace.ts';

export interface PanelBody {
  readonly content: string;
  readonly components: readonly APIActionRowComponent<APIComponentInMessageActionRow>[];
}

/** What an answer tells of the channel's rate limit for edits; the transcript shares it. */
export interface Traffic {
  readonly isBusy: boolean;
}

const NOBODY = { parse: [] };
const SPARE = 2; // of a window: when more of it was used, others edit in this channel, too

/** The requests that a panel takes. Failures are thrown as discord.js gives them. */
export class PanelMessage {
  readonly #client: Client;
  readonly #channelId: ChannelId;

  constructor(client: Client, channelId: ChannelId) {
    this.#client = client;
    this.#channelId = channelId;
  }

  /** @param nonce - the same for every attempt of one message, so that Discord makes no second */
  async create(body: PanelBody, nonce: string, signal: AbortSignal): Promise<MessageId> {
    const answer = await this.#client.rest.post(Routes.channelMessages(this.#channelId), {
      body: {
        ...body,
        nonce,
        enforce_nonce: true,
        flags: MessageFlags.SuppressEmbeds,
        allowed_mentions: NOBODY,
      },
      signal,
    });
    if (typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string')
      return answer.id;
    throw new Error('Cannot tell the posted panel: Discord did not say its id');
  }

  /** Whether an edit would take nothing from the transcript that needs it sooner. */
  mayEdit(urgency: Urgency): boolean {
    return paceIn(this.#client, this.#channelId).edits.delayMs(urgency) === 0;
  }

  async edit(id: MessageId, body: PanelBody, signal: AbortSignal): Promise<Traffic> {
    const response = await this.#client.rest.queueRequest({
      method: RequestMethod.Patch,
      fullRoute: Routes.channelMessage(this.#channelId, id),
      body: { ...body, allowed_mentions: NOBODY },
      signal,
    });
    await response.arrayBuffer(); // an unread body keeps its connection busy
    paceIn(this.#client, this.#channelId).edits.learn(response.headers);
    const limit = Number(response.headers.get('x-ratelimit-limit') ?? Number.NaN);
    const remaining = Number(response.headers.get('x-ratelimit-remaining') ?? Number.NaN);
    return { isBusy: remaining < limit - SPARE };
  }

  /** Whether we may pin here: since 2026 a permission of its own, before that it was Manage Messages. */
  get mayPin(): boolean {
    const channel = this.#client.channels.cache.get(this.#channelId);
    if (!channel || channel.isDMBased()) return false;
    const me = channel.guild.members.me;
    if (!me) return false;
    return channel.permissionsFor(me).any([PermissionFlagsBits.PinMessages, PermissionFlagsBits.ManageMessages]);
  }

  async pin(id: MessageId, signal: AbortSignal): Promise<void> {
    await this.#client.rest.put(this.#pinRoute(id), { signal });
  }

  async unpin(id: MessageId, signal: AbortSignal): Promise<void> {
    await this.#client.rest.delete(this.#pinRoute(id), { signal });
  }

  #pinRoute(id: MessageId): `/${string}` {
    return Routes.channelMessagesPin(this.#channelId, id);
  }
}
