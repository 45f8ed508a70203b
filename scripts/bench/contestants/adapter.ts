import tls from 'node:tls';
import type { DiscordGatewayAdapterCreator, DiscordGatewayAdapterLibraryMethods } from '@discordjs/voice';
import type { Call } from './talkers.ts';

/** Plays the main gateway for a client that joins: tells it the talkers' voice server. */
export function adapterTo(call: Call, bot: string): (guildId: string) => DiscordGatewayAdapterCreator {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), call.certificate]);
  return (guildId) => (methods) => {
    const name = () => {
      const channel = call.rooms.find((room) => room.guildId === guildId)?.channelId ?? null;
      const state = { guild_id: guildId, channel_id: channel, user_id: bot, session_id: `session of ${bot}` };
      // Only the fields that @discordjs/voice reads.
      methods.onVoiceStateUpdate(state as Parameters<DiscordGatewayAdapterLibraryMethods['onVoiceStateUpdate']>[0]); // see above
      methods.onVoiceServerUpdate({ guild_id: guildId, token: 'token', endpoint: call.endpoint });
    };
    return {
      sendPayload: () => {
        setImmediate(name);
        return true;
      },
      destroy: () => {},
    };
  };
}
