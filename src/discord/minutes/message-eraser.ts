import { type Client, DiscordAPIError, makeURLSearchParams, type RawFile, Routes } from 'discord.js';
import { z } from 'zod';
import type { ChannelId, MessageId } from '../../core/ids.ts';
import type { Mention, MessagePlace, Minutes } from '../../core/record.ts';
import type { TheirMessage } from '../../core/their-messages.ts';
import { escapeName, escapeNotice } from '../formatting/escape.ts';
import { MAX_CONTENT } from '../formatting/limits.ts';
import { hasHeads, withoutLines, withoutRemarks } from '../transcript/read-lines.ts';

/** What became of a message: `gone` are words that did not stand there any more, `left` what we may not or could not change. */
export type Erased = 'deleted' | 'edited' | 'gone' | 'left';

const GONE: readonly (number | string)[] = [10_003, 10_008]; // unknown channel, unknown message
const NOT_OURS: readonly (number | string)[] = [50_003, 50_005, 50_013]; // somebody else wrote it, as a webhook of ours does
const NOBODY = { parse: [] };

const messageBody = z.object({ content: z.string(), webhook_id: z.string().optional() });
const webhookList = z.array(z.object({ id: z.string(), token: z.string().optional() }));

type Written = z.infer<typeof messageBody>;
interface WriteAccess {
  readonly route: `/${string}`;
  readonly options: { readonly auth?: false; readonly query?: URLSearchParams };
}

/** Takes what somebody said out of messages of ours, also those that a webhook of ours wrote under their name. */
export class MessageEraser {
  readonly #client: Client<true>;
  readonly #refusing = new Set<ChannelId>(); // webhooks write there: Discord counts refused requests, so the author is looked at first
  readonly #webhooks = new Map<ChannelId, Promise<z.infer<typeof webhookList>>>();

  constructor(client: Client<true>) {
    this.#client = client;
  }

  /** Never rejects. @param names - what the person was called */
  async erase(message: TheirMessage, names: readonly string[], signal: AbortSignal): Promise<Erased> {
    const shown = new Set(names.map(escapeName));
    const isTheirs = (name: string, atS: number) => shown.has(name) && message.startsS.has(atS);
    try {
      signal.throwIfAborted();
      if (message.isTheirsAlone) return await this.#remove(message, signal);
      const written = await this.#read(message, signal);
      if (!hasHeads(written.content)) return 'left'; // whose words these are cannot be told
      const rest = withoutLines(written.content, isTheirs);
      if (rest === written.content) return 'gone';
      if (rest === '') return await this.#remove(message, signal);
      return await this.#edit(message, written, rest, signal);
    } catch (error) {
      return isIn(error, GONE) ? 'gone' : 'left';
    }
  }

  /**
   * Takes down what names somebody or holds their words besides transcripts. Never rejects.
   *
   * @param names - what the person was called
   * @param nameless - what a message says from then on that named others, too
   */
  async eraseMention(
    mention: Mention,
    names: readonly string[],
    nameless: string,
    signal: AbortSignal,
  ): Promise<Erased> {
    try {
      signal.throwIfAborted();
      if (mention.what === 'whole') return await this.#remove(mention, signal);
      const written = await this.#read(mention, signal);
      if (mention.what === 'name') return await this.#edit(mention, written, nameless, signal);
      if (names.length === 0) return 'left'; // what they were called is not known any more
      const rest = withoutRemarks(written.content, names.map(escapeNotice));
      if (rest === written.content) return 'gone';
      return rest === '' ? await this.#remove(mention, signal) : await this.#edit(mention, written, rest, signal);
    } catch (error) {
      return isIn(error, GONE) ? 'gone' : 'left';
    }
  }

  async #edit(message: MessagePlace, written: Written, content: string, signal: AbortSignal): Promise<'edited'> {
    const { route, options } = await this.#writeAccess(message, written, signal);
    await this.#client.rest.patch(route, { ...options, body: { content, allowed_mentions: NOBODY }, signal });
    return 'edited';
  }

  /** Puts other minutes in the place of those that stand there: the first message with its files, and those after it. Never rejects. */
  async rewrite(
    places: readonly { readonly channelId: ChannelId; readonly messageId: MessageId }[],
    minutes: Minutes,
    signal: AbortSignal,
  ): Promise<boolean> {
    const files: RawFile[] = minutes.files.map(({ name, bytes }) => ({ name, data: bytes }));
    const contents = [minutes.overview, ...minutes.more];
    try {
      for (const [index, { channelId, messageId }] of places.entries()) {
        const route = Routes.channelMessage(channelId, messageId);
        const content = contents[index]?.slice(0, MAX_CONTENT);
        const parts = index === 0 ? { attachments: files.map(({ name }, id) => ({ id, filename: name })) } : {};
        if (content === undefined) await this.#client.rest.delete(route, { signal });
        else {
          await this.#client.rest.patch(route, {
            body: { content, allowed_mentions: NOBODY, ...parts },
            ...(index === 0 && { files }),
            signal,
          });
        }
      }
      return true;
    } catch (error) {
      return isIn(error, GONE); // nothing of theirs stands in what is gone
    }
  }

  async #remove(message: MessagePlace, signal: AbortSignal): Promise<Erased> {
    if (!this.#refusing.has(message.channelId)) {
      try {
        await this.#client.rest.delete(Routes.channelMessage(message.channelId, message.messageId), { signal });
        return 'deleted';
      } catch (error) {
        if (!isIn(error, NOT_OURS)) throw error;
        this.#refusing.add(message.channelId);
      }
    }
    const { route, options } = await this.#writeAccess(message, await this.#read(message, signal), signal);
    await this.#client.rest.delete(route, { ...options, signal });
    return 'deleted';
  }

  async #read({ channelId, messageId }: MessagePlace, signal: AbortSignal): Promise<Written> {
    return messageBody.parse(await this.#client.rest.get(Routes.channelMessage(channelId, messageId), { signal }));
  }

  /** By which address we may change a message: as ourselves, or as the webhook that wrote it. */
  async #writeAccess(
    { channelId, messageId }: MessagePlace,
    written: Written,
    signal: AbortSignal,
  ): Promise<WriteAccess> {
    if (written.webhook_id === undefined) return { route: Routes.channelMessage(channelId, messageId), options: {} };
    const channel = this.#client.channels.cache.get(channelId);
    const parentId = channel?.isThread() ? channel.parentId : undefined;
    const webhooks = await this.#webhooksOf(parentId ?? channelId, signal);
    const token = webhooks.find(({ id }) => id === written.webhook_id)?.token;
    if (token === undefined) throw new Error('Cannot change the message: its webhook is not ours any more');
    return {
      route: Routes.webhookMessage(written.webhook_id, token, messageId),
      options: { auth: false, ...(parentId && { query: makeURLSearchParams({ thread_id: channelId }) }) },
    };
  }

  #webhooksOf(channelId: ChannelId, signal: AbortSignal): Promise<z.infer<typeof webhookList>> {
    const known = this.#webhooks.get(channelId);
    const asked =
      known ??
      this.#client.rest.get(Routes.channelWebhooks(channelId), { signal }).then((all) => webhookList.parse(all));
    this.#webhooks.set(channelId, asked);
    return asked;
  }
}

function isIn(error: unknown, codes: readonly (number | string)[]): boolean {
  return error instanceof DiscordAPIError && codes.includes(error.code);
}
