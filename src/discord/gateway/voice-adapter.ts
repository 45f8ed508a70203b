import {
  type Client,
  GatewayOpcodes,
  type GatewayVoiceStateUpdate,
  type InternalDiscordGatewayAdapterCreator,
} from 'discord.js';
import type { ChannelId, GuildId } from '../../core/ids.ts';
import { isOfOtherSession } from './own-session.ts';

/** The voice channel that the bot last asked for, by guild; `null` after it asked to leave. */
const asked = new WeakMap<Client, Map<GuildId, ChannelId | null>>();

/**
 * Connects `src/voice` with the gateway, and remembers what the bot asked for: that tells whether the bot left on its
 * own, or a moderator disconnected it.
 *
 * It is also the one gate through which the bot takes a seat in voice, and gives it up. Each process has a session of its
 * own, and Discord lets the newest one that asks have the seat: whoever may not sit there must not ask, and nobody may
 * send another process out.
 *
 * @param maySit - whether the meeting of this guild belongs to this process
 */
export function voiceAdapterOf(
  client: Client,
  maySit: (guildId: GuildId) => boolean = () => true,
): (guildId: GuildId) => InternalDiscordGatewayAdapterCreator {
  const wishes = wishesOf(client);
  return (guildId) => (methods) => {
    const guild = client.guilds.cache.get(guildId);
    if (!guild) throw new Error(`Cannot join voice: the guild ${guildId} is unknown`);
    const isSeatOfOther = () => {
      const own = guild.voiceStates.cache.get(client.user?.id ?? '');
      return own !== undefined && own.channelId !== null && isOfOtherSession(own);
    };
    // Discord may name the voice server to every session: it is of use only to the one that has the seat.
    const own: typeof methods = {
      onVoiceStateUpdate: (state) => void (isSeatOfOther() || methods.onVoiceStateUpdate(state)),
      onVoiceServerUpdate: (server) => void (isSeatOfOther() || methods.onVoiceServerUpdate(server)),
      destroy: () => methods.destroy(),
    };
    const adapter = guild.voiceAdapterCreator(own);
    return {
      // The library would drop the adapter of the guild, whoever uses it now: an old connection must not silence a new
      // one.
      destroy() {
        if (client.voice.adapters.get(guildId) === own) adapter.destroy();
      },
      sendPayload(payload: unknown) {
        if (!isVoiceWish(payload)) return adapter.sendPayload(payload);
        const leaves = payload.d.channel_id === null;
        if (leaves && (isSeatOfOther() || !maySit(guildId))) return true; // as good as left
        if (!maySit(guildId)) return false;
        wishes.set(guildId, payload.d.channel_id);
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
