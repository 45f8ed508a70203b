import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'discord.js';
import type { ChannelId, MessageId } from '../core/ids.ts';
import type { Minutes } from '../core/record.ts';
import { channelOf, type Destination } from './destination.ts';
import { MAX_CONTENT } from './line.ts';
import { failureOf, MessageApi, type NewMessage } from './message-api.ts';
import { retryDelayMs } from './retry-delay.ts';

const FOLLOWING_ATTEMPTS = 3;
const TOO_LARGE_NOTE = '\nThe files are too large for this server: `/minutes latest` shows what there is.';

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
  client: Client,
  channelId: ChannelId,
  minutes: Minutes,
  fallbacks: readonly Destination[],
  signal: AbortSignal,
): Promise<PostedMinutes> {
  const api = new MessageApi(client);
  const reasons: string[] = [];
  let message: NewMessage = {
    content: minutes.overview.slice(0, MAX_CONTENT - TOO_LARGE_NOTE.length),
    nonce: randomBytes(9).toString('base64url'),
    files: minutes.files,
  };
  const places: Destination[] = [{ kind: 'channel', channelId }, ...fallbacks];
  for (let place = places.shift(), attempt = 1; place; attempt += 1) {
    try {
      const to = await channelOf(place, api, signal);
      const { id } = await api.create(to, message, signal);
      const furtherIds: MessageId[] = [];
      for (const content of minutes.more) furtherIds.push(...(await follow(api, to, content, signal)));
      return { channelId: to, messageId: id, furtherIds };
    } catch (error) {
      if (signal.aborted) throw new MinutesError('Cannot post the minutes: Discord did not take them in time');
      const failure = failureOf(error);
      if (failure.kind === 'try again') {
        await delay(retryDelayMs(attempt), undefined, { signal }).catch(() => {
          throw new MinutesError('Cannot post the minutes: Discord did not take them in time');
        });
      } else if (failure.kind === 'too large' && message.files) {
        message = { content: message.content + TOO_LARGE_NOTE, nonce: message.nonce };
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
  content: string,
  signal: AbortSignal,
): Promise<MessageId[]> {
  const message = { content, nonce: randomBytes(9).toString('base64url') };
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
