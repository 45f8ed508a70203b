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
const NONCE_LIVES_MS = 60_000; // Discord says "a few minutes"; looking costs little

/** The meeting, the same for every process that posts its minutes: after a crash it may be a second one. */
export interface MeetingOver {
  readonly id: MeetingId;
  readonly endedAtMs: number; // since 1970
}

/** No channel took the minutes. People may read the message. */
export class MinutesError extends Error {
  override readonly name = 'MinutesError';
}

/** The place of minutes. */
interface PostedMinutes {
  readonly channelId: ChannelId;
  readonly messageId: MessageId; // of the message with the files
  readonly furtherIds: readonly MessageId[]; // of the messages after it
}

/**
 * Posts minutes as one message with their files, in the first place that takes them.
 *
 * While Discord is in trouble it keeps trying until the signal aborts.
 *
 * @returns the place of the minutes
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

/**
 * Posts a message after the minutes. Their file has its text, too, so a failure costs a few retries, never the minutes.
 */
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
      await delay(retryDelayMs(attempt), undefined, { signal }).catch(() => {}); // the loop sees that the signal aborted
    }
  }
  return [];
}

function nonceOf({ id }: MeetingOver, part: number): string {
  return `m${part}-${id}`.slice(0, MAX_NONCE);
}

/** Looks for minutes of an earlier process: Discord knows their nonce only for some minutes. */
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
    return []; // posting will show what is wrong with the channel
  }
}
