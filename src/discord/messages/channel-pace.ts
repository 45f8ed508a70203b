import type { Client } from 'discord.js';
import type { ChannelId } from '../../core/ids.ts';
import { Latest } from '../../core/latest.ts';
import { Pace } from './pace.ts';

/** The two limits on what the bot writes under its own name in one channel. */
export interface ChannelPace {
  readonly posts: Pace;
  readonly edits: Pace;
}

const MAX_KNOWN = 1_000; // a channel that is forgotten is learnt again from its next answer
const known = new WeakMap<Client, Latest<ChannelId, ChannelPace>>();

/** Everybody who writes in a channel shares its limits, and so what is known of them: transcript, panel and notices. */
export function paceIn(client: Client, channelId: ChannelId): ChannelPace {
  const channels = known.get(client) ?? new Latest<ChannelId, ChannelPace>(MAX_KNOWN);
  known.set(client, channels);
  const pace = channels.get(channelId) ?? { posts: new Pace(), edits: new Pace() };
  channels.set(channelId, pace);
  return pace;
}
