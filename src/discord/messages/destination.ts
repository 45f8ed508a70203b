import type { ChannelId } from '../../core/ids.ts';
import { failureOf, KnownFailure } from './failure.ts';
import type { MessageApi } from './message-api.ts';

/** A place to post to. */
export type Destination =
  | { readonly kind: 'channel'; readonly channelId: ChannelId }
  | { readonly kind: 'thread'; readonly parentId: ChannelId; readonly name: string } // to be started
  | { readonly kind: 'direct'; readonly userId: string };

/**
 * The places for a meeting's words when its text channel is gone: the voice channel's chat, then the person who started
 * it.
 */
export function fallbacksFor(head: { voiceChannelId: ChannelId; startedBy: string }): readonly Destination[] {
  return [
    { kind: 'channel', channelId: head.voiceChannelId },
    { kind: 'direct', userId: head.startedBy },
  ];
}

/**
 * The channel of a place.
 *
 * @throws as discord.js does when a person takes no direct messages, or no thread can be started
 */
export async function channelOf(place: Destination, api: MessageApi, signal: AbortSignal): Promise<ChannelId> {
  if (place.kind === 'channel') return place.channelId;
  if (place.kind === 'direct') return await api.directChannel(place.userId, signal);
  try {
    return await api.startThread(place.parentId, place.name, signal);
  } catch (error) {
    const failure = failureOf(error);
    // Whatever Discord has against this thread, the transcript has to go elsewhere.
    if (failure.kind === 'refused') throw new KnownFailure({ kind: 'channel gone', because: 'unwritable' });
    throw error;
  }
}
