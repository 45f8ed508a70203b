import type { z } from 'zod';
import type { World } from '../world/world.ts';
import type { channelInfoRequest } from './packets.ts';
import type { GatewaySession } from './session.ts';

/** Answers op 43: what no channel's own object says. Channels of which there is nothing to say are left out. */
export function sendChannelInfo(
  world: World,
  session: GatewaySession,
  request: z.output<typeof channelInfoRequest>,
): void {
  const guild = world.guilds.get(request.guild_id);
  if (guild === undefined || !request.fields.includes('status')) return;
  const seen = [...guild.channels.values()].filter((channel) => channel.isSeenBy(guild.bot) && channel.status !== null);
  session.dispatch('CHANNEL_INFO', {
    guild_id: guild.id,
    channels: seen.map(({ id, status }) => ({ id, status })),
  });
}
