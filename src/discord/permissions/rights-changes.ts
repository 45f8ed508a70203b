import { type Client, type ClientEvents, Events } from 'discord.js';
import type { GuildId, SpeakerId } from '../../core/ids.ts';

type Changed = (guildId: GuildId, userId?: SpeakerId) => void;

/**
 * Tells at once when who may read what may have changed in a server: roles, overwrites, channels, threads, members.
 *
 * Of members' roles Discord tells those only who have the privileged intent; whoever wants to know has to ask now and then.
 */
export function watchRights(client: Client, changed: Changed): Disposable {
  const listeners: { [Name in keyof ClientEvents]?: (...told: ClientEvents[Name]) => void } = {
    [Events.GuildRoleUpdate]: (before, after) => {
      // Names and colours change who may read as little as the order of roles does.
      if (before.permissions.bitfield !== after.permissions.bitfield) changed(after.guild.id);
    },
    [Events.GuildRoleDelete]: (role) => changed(role.guild.id),
    // The channel before shares its overwrites with the channel after, so they cannot be compared.
    [Events.ChannelUpdate]: (_before, channel) => {
      if (!channel.isDMBased()) changed(channel.guild.id);
    },
    [Events.ChannelDelete]: (channel) => {
      if (!channel.isDMBased()) changed(channel.guild.id);
    },
    [Events.ThreadUpdate]: (_before, thread) => changed(thread.guild.id),
    [Events.ThreadDelete]: (thread) => changed(thread.guild.id),
    [Events.ThreadMembersUpdate]: (_added, _removed, thread) => changed(thread.guild.id),
    [Events.GuildMemberUpdate]: (_before, member) => changed(member.guild.id, member.id),
    [Events.GuildMemberRemove]: (member) => changed(member.guild.id, member.id),
    [Events.GuildUpdate]: (before, guild) => {
      if (before.ownerId !== guild.ownerId) changed(guild.id);
    },
    [Events.GuildDelete]: (guild) => changed(guild.id),
  };
  const entries = Object.entries(listeners) as [string, (...told: unknown[]) => void][]; // the names went with Object.entries
  for (const [name, listener] of entries) client.on(name, listener);
  return {
    [Symbol.dispose]() {
      for (const [name, listener] of entries) client.off(name, listener);
    },
  };
}
