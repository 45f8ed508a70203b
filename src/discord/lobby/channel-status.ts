import {
  type GatewayChannelInfoDispatchData,
  GatewayDispatchEvents,
  GatewayOpcodes,
  type VoiceChannel,
} from 'discord.js';

/**
 * The status of a voice channel, empty when it has none. Discord tells it only when it is asked through the gateway.
 *
 * @throws the signal's reason; give it a limit, as nothing says that Discord will not answer
 */
export async function readStatus({ id, guild, client }: VoiceChannel, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const answer = Promise.withResolvers<string>();
  const hear = ({ guild_id, channels }: GatewayChannelInfoDispatchData) => {
    if (guild_id === guild.id) answer.resolve(channels.find((channel) => channel.id === id)?.status ?? '');
  };
  const giveUp = () => answer.reject(signal.reason);
  client.ws.on(GatewayDispatchEvents.ChannelInfo, hear);
  signal.addEventListener('abort', giveUp);
  try {
    guild.shard.send({ op: GatewayOpcodes.RequestChannelInfo, d: { guild_id: guild.id, fields: ['status'] } });
    return await answer.promise;
  } finally {
    client.ws.off(GatewayDispatchEvents.ChannelInfo, hear);
    signal.removeEventListener('abort', giveUp);
  }
}

/** @param status - empty: none */
export async function writeStatus({ id, client }: VoiceChannel, status: string, signal: AbortSignal): Promise<void> {
  await client.rest.put(`/channels/${id}/voice-status`, { body: { status: status || null }, signal });
}
