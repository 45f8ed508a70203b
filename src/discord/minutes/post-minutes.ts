import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'discord.js';
import type { ChannelId, MeetingId, MessageId } from '../../core/ids.ts';
import type { Minutes } from '../../core/record.ts';
import { wordsFor } from '../../i18n/words.ts';
import { MAX_CONTENT, MAX_NONCE } from '../formatting/limits.ts';
import { channelOf, type Destination } from '../messages/destination.ts';
import { failureOf } from '../messages/failure.ts';
import { MessageApi, type NewMessage } from '../messages/message-api.ts';
import { type OwnMessage, ownMessages } from '../messages/own-messages.ts';
import { retryDelayMs } from '../messages/retry-delay.ts';

const FOLLOWING_ATTEMPTS = 3;
const NONCE_LIVES_MS = 60_000; // "a few minutes", says Discord; looking costs little

/** The same for every process that posts minutes of one meeting: it may be a second one, after a crash. */
export interface MeetingOver {
  readonly id: MeetingId;
  readonly endedAtMs: number; // since 1970
}

/** No channel took the minutes. The message is fit to be shown. */
export class MinutesError extends Error {
  override readonly name = 'MinutesError';
}

/** Where minutes stand. */
interface PostedMinutes {
  readonly channelId: ChannelId;
  readonly messageId: MessageId; // with the files
  readonly furtherIds: readonly MessageId[]; // of the messages after it
}

/**
 * Posts minutes as one message with their files, in the first place that takes them.
 *
 * While Discord is in trouble it tries on until the signal ends it.
 *
 * @returns where they stand
 * @throws {MinutesError} when no place took them
 */
export async function postMinutes(
  client: Client<true>,
  channelId: ChannelId,
  minutes: Minutes,
  fallbacks: readonly Destination[],
  signal: AbortSignal,
  meeting: MeetingOver,
): Promise<PostedMinutes> {
  const api = new MessageApi(client);
  const channel = client.channels.cache.get(channelId);
  const words = wordsFor(channel && !channel.isDMBased() ? channel.guild.preferredLocale : 'en-US');
  const tooLarge = `\n${words.t('posting.filesTooLarge')}`;
  const reasons: string[] = [];
  let message: NewMessage = {
    content: minutes.overview.slice(0, MAX_CONTENT - tooLarge.length),
    nonce: nonceOf(meeting, 0),
    files: minutes.files,
  };
  const places: Destination[] = [{ kind: 'channel', channelId }, ...fallbacks];
  for (let place = places.shift(), attempt = 1; place; attempt += 1) {
    try {
      const to = await channelOf(place, api, signal);
      const before = await postedBefore(client, to, meeting, signal);
      const same = before.find(({ content, files }) => content === message.content && files.length > 0);
      const { id } = same ?? (await api.create(to, message, signal));
      const furtherIds: MessageId[] = [];
      for (const [index, content] of minutes.more.entries()) {
        const known = before.find((posted) => posted.content === content);
        const further = { content, nonce: nonceOf(meeting, index + 1) };
        furtherIds.push(...(known ? [known.id] : await follow(api, to, further, signal)));
      }
      return { channelId: to, messageId: id, furtherIds };
    } catch (error) {
      if (signal.aborted) throw new MinutesError('Cannot post the minutes: Discord did not take them in time');
      const failure = failureOf(error);
      if (failure.kind === 'try again') {
        await delay(retryDelayMs(attempt), undefined, { signal }).catch(() => {
          throw new MinutesError('Cannot post the minutes: Discord did not take them in time');
        });
      } else if (failure.kind === 'too large' && message.files) {
        message = { content: message.content + tooLarge, nonce: message.nonce };
      } else {
        reasons.push(failure.kind === 'channel gone' ? failure.because : failure.kind);
        place = places.shift();
      }
    }
  }
  throw new MinutesError(`Cannot post the minutes: no channel takes them (${[...new Set(reasons)].join('; ')})`);
}

/** What follows the minutes is in their file as well: trouble with it costs a retry or two, never the minutes. */
async function follow(
  api: MessageApi,
  channelId: ChannelId,
  message: NewMessage,
  signal: AbortSignal,
): Promise<MessageId[]> {
  for (let attempt = 1; attempt <= FOLLOWING_ATTEMPTS && !signal.aborted; attempt += 1) {
    try {
      return [(await api.create(channelId, message, signal)).id];
    } catch (error) {
      if (failureOf(error).kind !== 'try again') return [];
      await delay(retryDelayMs(attempt), undefined, { signal }).catch(() => {}); // the loop sees that it is over
    }
  }
  return [];
}

function nonceOf({ id }: MeetingOver, part: number): string {
  return `m${part}-${id}`.slice(0, MAX_NONCE);
}

/** For some minutes Discord knows the nonce; later we have to look whether an earlier process posted them. */
async function postedBefore(
  client: Client<true>,
  channelId: ChannelId,
  { endedAtMs }: MeetingOver,
  signal: AbortSignal,
): Promise<readonly OwnMessage[]> {
  if (Date.now() - endedAtMs < NONCE_LIVES_MS) return [];
  try {
    return await ownMessages(client, channelId, endedAtMs, signal);
  } catch {
    return []; // posting says better what is wrong with the channel
  }
}
