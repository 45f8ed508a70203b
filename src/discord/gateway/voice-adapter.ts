import {
  type Client,
  GatewayOpcodes,
  type GatewayVoiceStateUpdate,
  type InternalDiscordGatewayAdapterCreator,
} from 'discord.js';
import type { ChannelId, GuildId } from '../../core/ids.ts';

/** The voice channel that the bot last asked for, by guild; `null` after it asked to leave. */
const asked = new WeakMap<Client, Map<GuildId, ChannelId | null>>();

/**
 * Connects `src/voice` with the gateway, and remembers what the bot asked for: that tells whether the bot left on its
 * own, or a moderator disconnected it.
 */
export function voiceAdapterOf(client: Client): (guildId: GuildId) => InternalDiscordGatewayAdapterCreator {
  const wishes = wishesOf(client);
  return (guildId) => (methods) => {
    const guild = client.guilds.cache.get(guildId);
    if (!guild) throw new Error(`Cannot join voice: the guild ${guildId} is unknown`);
    const adapter = guild.voiceAdapterCreator(methods);
    return {
      // The library would drop the adapter of the guild, whoever uses it now: an old connection must not silence a new
      // one.
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

/** Whether the bot itself last asked to leave voice in this guild. */
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
