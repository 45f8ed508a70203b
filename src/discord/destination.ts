import type { ChannelId } from '../core/ids.ts';
import type { MessageApi } from './message-api.ts';

/** Where something can be posted when its own channel takes nothing any more. */
export type Destination =
  | { readonly kind: 'channel'; readonly channelId: ChannelId }
  | { readonly kind: 'direct'; readonly userId: string };

/** Where a meeting's words go when its text channel is gone: the voice channel's own chat, else to who started it. */
export function fallbacksFor(head: { voiceChannelId: ChannelId; startedBy: string }): readonly Destination[] {
  return [
    { kind: 'channel', channelId: head.voiceChannelId },
    { kind: 'direct', userId: head.startedBy },
  ];
}

/** The channel to post to. @throws as discord.js does when a person takes no direct messages */
export async function channelOf(place: Destination, api: MessageApi, signal: AbortSignal): Promise<ChannelId> {
  return place.kind === 'channel' ? place.channelId : await api.directChannel(place.userId, signal);
}
