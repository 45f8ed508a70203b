import {
  type Client,
  GatewayOpcodes,
  type GatewayVoiceStateUpdate,
  type InternalDiscordGatewayAdapterCreator,
} from 'discord.js';
import type { ChannelId, GuildId } from '../../core/ids.ts';

/** Where the bot itself last asked to be, for each guild; `null` after it asked to leave. */
const asked = new WeakMap<Client, Map<GuildId, ChannelId | null>>();

/**
 * Gives `src/voice` its way to the gateway, and remembers what it asked for: only so can a moderator's hang-up be told
 * from our own.
 */
export function voiceAdapterOf(client: Client): (guildId: GuildId) => InternalDiscordGatewayAdapterCreator {
  const wishes = wishesOf(client);
  return (guildId) => (methods) => {
    const guild = client.guilds.cache.get(guildId);
    if (!guild) throw new Error(`Cannot join voice: guild ${guildId} is not known`);
    const adapter = guild.voiceAdapterCreator(methods);
    return {
      // The library forgets whoever holds the guild now: an old connection's end must not silence the new one.
      destroy() {
        if (client.voice.adapters.get(guildId) === methods) adapter.destroy();
      },
      sendPayload(payload: unknown) {
        if (isVoiceWish(payload)) wishes.set(guildId, payload.d.channel_id);
        return adapter.sendPayload(payload);
      },
    };
  };
}

/** Whether the bot's last word in this guild was to leave voice. */
export function hasAskedToLeave(client: Client, guildId: GuildId): boolean {
  return wishesOf(client).get(guildId) === null;
}

function isVoiceWish(payload: unknown): payload is GatewayVoiceStateUpdate {
  return (
    typeof payload === 'object' && payload !== null && 'op' in payload && payload.op === GatewayOpcodes.VoiceStateUpdate
  );
}

function wishesOf(client: Client): Map<GuildId, ChannelId | null> {
  const known = asked.get(client);
  if (known) return known;
  const fresh = new Map<GuildId, ChannelId | null>();
  asked.set(client, fresh);
  return fresh;
}
