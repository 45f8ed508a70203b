import {
  type AnyThreadChannel,
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  ChannelType,
  type Client,
  type GuildBasedChannel,
  MessageFlags,
  type RawFile,
  RequestMethod,
  type ResponseLike,
  Routes,
  ThreadAutoArchiveDuration,
} from 'discord.js';
import { z } from 'zod';
import type { ChannelId, MessageId } from '../../core/ids.ts';
import { failureOf, KnownFailure } from './failure.ts';
import type { Pace } from './pace.ts';
import { type ChannelPace, paceIn } from './pace.ts';
import { unqueuedRest, type Whose } from './unqueued.ts';

/** No message of the bot may ping anybody, whatever its text. */
export const NOBODY = { parse: [] };

export interface MessageBody {
  readonly content: string;
  readonly components?: readonly APIActionRowComponent<APIComponentInMessageActionRow>[];
  readonly files?: readonly { readonly name: string; readonly bytes: Buffer }[]; // an edit replaces all files by these
}

export interface NewMessage extends MessageBody {
  /** The same for every attempt to post one message: Discord then answers with the message that it has already. */
  readonly nonce: string;
  readonly isSilent?: boolean; // no push notification
}

export interface PostedMessage {
  readonly id: MessageId;
  readonly content: string;
}

export interface ReadMessage {
  readonly content: string;
  readonly webhookId: string | undefined; // of the webhook that wrote it
}

const MESSAGE = z.object({ content: z.string(), webhook_id: z.string().optional() });

/**
 * Reads and writes messages by plain REST requests, which fill no cache and show the rate-limit headers.
 *
 * Links never unfold. Failures are thrown as discord.js throws them; `failureOf` says what they mean.
 */
export class MessageApi {
  readonly #client: Client;

  readonly #whose: Whose;

  constructor(client: Client, whose: Whose = 'edits') {
    this.#client = client;
    this.#whose = whose;
  }

  /** How fast the bot may write in a channel, after everything that it wrote there lately. */
  paceIn(channelId: ChannelId): ChannelPace {
    return paceIn(this.#client, channelId);
  }

  async create(channelId: ChannelId, message: NewMessage, signal: AbortSignal): Promise<PostedMessage> {
    const flags = MessageFlags.SuppressEmbeds | (message.isSilent ? MessageFlags.SuppressNotifications : 0);
    const { content, nonce, components, files } = message;
    const rest = this.#whose === 'panel' ? unqueuedRest(this.#client, 'panel') : this.#client.rest;
    const response = await paced(this.paceIn(channelId).posts, () =>
      rest.queueRequest({
        method: RequestMethod.Post,
        fullRoute: Routes.channelMessages(channelId),
        body: {
          content,
          nonce,
          enforce_nonce: true,
          flags,
          allowed_mentions: NOBODY,
          ...(components && { components }),
        },
        ...(files && { files: files.map(asRawFile) }),
        signal,
      }),
    );
    return postedIn(await response.json());
  }

  async read(channelId: ChannelId, id: MessageId, signal: AbortSignal): Promise<ReadMessage> {
    const message = MESSAGE.parse(await this.#client.rest.get(Routes.channelMessage(channelId, id), { signal }));
    return { content: message.content, webhookId: message.webhook_id };
  }

  async edit(channelId: ChannelId, id: MessageId, body: MessageBody, signal: AbortSignal): Promise<void> {
    const { content, components, files } = body;
    const attachments = files?.map(({ name }, index) => ({ id: index, filename: name }));
    const ask = () =>
      unqueuedRest(this.#client, this.#whose).queueRequest({
        method: RequestMethod.Patch,
        fullRoute: Routes.channelMessage(channelId, id),
        body: {
          content,
          allowed_mentions: NOBODY,
          ...(components && { components }),
          ...(attachments && { attachments }),
        },
        ...(files && { files: files.map(asRawFile) }),
        signal,
      });
    const response = await inOpenThread(
      this.#client,
      channelId,
      () => paced(this.paceIn(channelId).edits, ask),
      signal,
    );
    await response.arrayBuffer(); // an unread body keeps its connection busy
  }

  async remove(channelId: ChannelId, id: MessageId, signal: AbortSignal): Promise<void> {
    await this.#client.rest.delete(Routes.channelMessage(channelId, id), { signal });
  }

  /** Starts a thread that everybody can read. @throws as discord.js does */
  async startThread(parentId: ChannelId, name: string, signal: AbortSignal): Promise<ChannelId> {
    const parent = this.#client.channels.cache.get(parentId);
    const type =
      parent?.type === ChannelType.GuildAnnouncement ? ChannelType.AnnouncementThread : ChannelType.PublicThread;
    if (parent?.type !== ChannelType.GuildText && parent?.type !== ChannelType.GuildAnnouncement)
      throw new KnownFailure({ kind: 'channel gone', because: 'unwritable' });
    // An attempt whose answer was lost may have come through.
    const isOurs = (thread: AnyThreadChannel) => thread.name === name && thread.ownerId === this.#client.user?.id;
    const isThere = (one: GuildBasedChannel) =>
      one.isThread() && one.parentId === parentId && isOurs(one) && !one.archived;
    const there = parent.guild.channels.cache.find(isThere); // nothing else keeps threads
    if (there) return there.id;
    const body = { name, type, auto_archive_duration: ThreadAutoArchiveDuration.OneDay };
    const answer = await this.#client.rest.post(Routes.threads(parentId), { body, signal });
    if (typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string')
      return answer.id;
    throw new Error('Cannot start a thread: the answer of Discord holds no id');
  }

  /** Opens the private channel with one person. @throws as discord.js does */
  async directChannel(userId: string, signal: AbortSignal): Promise<ChannelId> {
    const answer = await this.#client.rest.post(Routes.userChannels(), { body: { recipient_id: userId }, signal });
    if (typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string')
      return answer.id;
    throw new Error('Cannot open a direct message: the answer of Discord holds no channel');
  }
}

/**
 * Sends a request that an archived thread refuses, such as an edit; then the thread is opened and the request sent again. A thread
 * that somebody has locked stays as it is. New messages need no help: they open an archived thread.
 *
 * @throws what `ask` threw
 */
export async function inOpenThread<T>(
  client: Client,
  channelId: ChannelId,
  ask: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind !== 'channel gone' || failure.because !== 'archived') throw error;
    const isOpen = await client.rest.patch(Routes.channel(channelId), { body: { archived: false }, signal }).then(
      () => true,
      () => false,
    );
    if (!isOpen) throw error;
    return await ask();
  }
}

function asRawFile({ name, bytes }: { readonly name: string; readonly bytes: Buffer }): RawFile {
  return { name, data: bytes };
}

/** Counts a request against its limit as soon as it goes out, and learns from the answer. */
async function paced(pace: Pace, ask: () => Promise<ResponseLike>): Promise<ResponseLike> {
  pace.noteSent();
  try {
    const response = await ask();
    pace.learnFrom(response.headers);
    return response;
  } finally {
    pace.noteAnswered();
  }
}

function postedIn(body: unknown): PostedMessage {
  if (typeof body !== 'object' || body === null || !('id' in body) || typeof body.id !== 'string') {
    throw new Error('Cannot post a message: the answer of Discord holds no id');
  }
  return { id: body.id, content: 'content' in body && typeof body.content === 'string' ? body.content : '' };
}
