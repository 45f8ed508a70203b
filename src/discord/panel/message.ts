import { type Client, PermissionFlagsBits, Routes } from 'discord.js';
import type { ChannelId, MessageId } from '../../core/ids.ts';
import { MessageApi, type MessageBody } from '../messages/message-api.ts';
import type { Urgency } from '../messages/pace.ts';

/** The requests of a panel. Failures are thrown as discord.js throws them. */
export class PanelMessage {
  readonly #client: Client;
  readonly #api: MessageApi;
  readonly #channelId: ChannelId;

  constructor(client: Client, channelId: ChannelId) {
    this.#client = client;
    this.#api = new MessageApi(client, 'panel');
    this.#channelId = channelId;
  }

  /** @param nonce - the same for every attempt to post one message, so that Discord makes no second one */
  async create(body: MessageBody, nonce: string, signal: AbortSignal): Promise<MessageId> {
    return (await this.#api.create(this.#channelId, { ...body, nonce }, signal)).id;
  }

  /** Whether an edit would take no request from the transcript that it needs sooner. */
  mayEdit(urgency: Urgency): boolean {
    return this.#api.paceIn(this.#channelId).edits.delayMs(urgency) === 0;
  }

  /** How long until the channel takes one more edit. */
  get untilRoomMs(): number {
    return this.#api.paceIn(this.#channelId).edits.untilRoomMs;
  }

  /** Whether others edit in this channel, too: the transcript shares the limit. */
  get isBusy(): boolean {
    return this.#api.paceIn(this.#channelId).edits.isBusy;
  }

  async edit(id: MessageId, body: MessageBody, signal: AbortSignal): Promise<void> {
    await this.#api.edit(this.#channelId, id, body, signal);
  }

  async remove(id: MessageId, signal: AbortSignal): Promise<void> {
    await this.#api.remove(this.#channelId, id, signal);
  }

  /** Whether the bot may pin here: a permission of its own since 2026; before that it was Manage Messages. */
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
