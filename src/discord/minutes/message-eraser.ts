import type { Client } from 'discord.js';
import type { ChannelId } from '../../core/ids.ts';
import type { Mention, MessagePlace, Minutes } from '../../core/record.ts';
import type { TheirMessage } from '../../core/their-messages.ts';
import { escapeName, escapeNotice } from '../formatting/escape.ts';
import { MAX_CONTENT } from '../formatting/limits.ts';
import { failureOf, isOthersMessage } from '../messages/failure.ts';
import { MessageApi, type ReadMessage } from '../messages/message-api.ts';
import { onceAllowed } from '../messages/once-allowed.ts';
import { hasHeads, withoutLines, withoutRemarks } from '../transcript/read-lines.ts';
import { WriteAccesses } from '../transcript/write-access.ts';

/**
 * What became of a message. `gone`: the words were not there any more; `left`: the bot may not or could not change it.
 */
export type Erased = 'deleted' | 'edited' | 'gone' | 'left';

/** Takes what somebody said out of the bot's messages, also out of those that its webhooks wrote under their name. */
export class MessageEraser {
  readonly #api: MessageApi;
  readonly #accesses: WriteAccesses;
  /** Webhooks write there. Discord counts refused requests, so the author is looked at before another one. */
  readonly #refusing = new Set<ChannelId>();

  constructor(client: Client<true>) {
    this.#api = new MessageApi(client);
    this.#accesses = new WriteAccesses(client, this.#api);
  }

  /** Never rejects. @param names - the person's, in that meeting */
  async erase(message: TheirMessage, names: readonly string[], signal: AbortSignal): Promise<Erased> {
    const shown = new Set(names.map(escapeName));
    const isTheirs = (name: string, atS: number) => shown.has(name) && message.startsS.has(atS);
    return await orLeft(async () => {
      signal.throwIfAborted();
      if (message.isTheirsAlone) return await this.#removeMessage(message, signal);
      const written = await this.#readMessage(message, signal);
      if (!hasHeads(written.content)) return 'left'; // nobody can tell whose words these are
      return await this.#keepOnly(withoutLines(written.content, isTheirs), message, written, signal);
    });
  }

  /**
   * Takes down what names somebody or holds their words besides transcripts. Never rejects.
   *
   * @param names - the person's
   * @param nameless - what a message says from then on that named others, too
   */
  async eraseMention(
    mention: Mention,
    names: readonly string[],
    nameless: string,
    signal: AbortSignal,
  ): Promise<Erased> {
    return await orLeft(async () => {
      signal.throwIfAborted();
      if (mention.what === 'whole') return await this.#removeMessage(mention, signal);
      const written = await this.#readMessage(mention, signal);
      if (mention.what === 'name') return await this.#editMessage(mention, written, nameless, signal);
      if (names.length === 0) return 'left'; // nobody knows any more under which name
      return await this.#keepOnly(withoutRemarks(written.content, names.map(escapeNotice)), mention, written, signal);
    });
  }

  /** Puts new minutes where the old ones are: the first message with its files, and those after it. Never rejects. */
  async rewrite(places: readonly MessagePlace[], minutes: Minutes, signal: AbortSignal): Promise<boolean> {
    const contents = [minutes.overview, ...minutes.more];
    const rewritten = await orLeft(async () => {
      for (const [index, { channelId, messageId }] of places.entries()) {
        const content = contents[index]?.slice(0, MAX_CONTENT);
        const body = content === undefined ? undefined : { content, ...(index === 0 && { files: minutes.files }) };
        if (!body) await this.#api.remove(channelId, messageId, signal);
        else {
          const { edits } = this.#api.paceIn(channelId);
          await onceAllowed(edits, signal, () => this.#api.edit(channelId, messageId, body, signal));
        }
      }
      return 'edited';
    });
    return rewritten !== 'left'; // in minutes that are gone nobody can read anything
  }

  async #keepOnly(rest: string, message: MessagePlace, written: ReadMessage, signal: AbortSignal): Promise<Erased> {
    if (rest === written.content) return 'gone';
    return rest === ''
      ? await this.#removeMessage(message, signal)
      : await this.#editMessage(message, written, rest, signal);
  }

  async #editMessage(
    message: MessagePlace,
    written: ReadMessage,
    content: string,
    signal: AbortSignal,
  ): Promise<'edited'> {
    await (await this.#accesses.accessTo(message, written.webhookId, signal)).edit(content);
    return 'edited';
  }

  async #removeMessage(message: MessagePlace, signal: AbortSignal): Promise<'deleted'> {
    const { channelId, messageId } = message;
    if (!this.#refusing.has(channelId)) {
      try {
        await this.#api.remove(channelId, messageId, signal);
        return 'deleted';
      } catch (error) {
        if (!isOthersMessage(error)) throw error;
        this.#refusing.add(channelId);
      }
    }
    const written = await this.#readMessage(message, signal);
    await (await this.#accesses.accessTo(message, written.webhookId, signal)).remove();
    return 'deleted';
  }

  async #readMessage({ channelId, messageId }: MessagePlace, signal: AbortSignal): Promise<ReadMessage> {
    return await this.#api.read(channelId, messageId, signal);
  }
}

/** Tells a message that is gone from one that cannot be changed. */
async function orLeft(erase: () => Promise<Erased>): Promise<Erased> {
  try {
    return await erase();
  } catch (error) {
    const failure = failureOf(error);
    const isGone =
      failure.kind === 'message gone' || (failure.kind === 'channel gone' && failure.because === 'deleted');
    return isGone ? 'gone' : 'left';
  }
}
