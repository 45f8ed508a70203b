import { type Client, type ClientEvents, Events } from 'discord.js';
import type { GuildId, SpeakerId } from '../../core/ids.ts';

type Changed = (guildId: GuildId, userId?: SpeakerId) => void;

/**
 * Calls back at once when the rights to read may have changed in a server: roles, overwrites, channels, threads,
 * members.
 *
 * Without a privileged intent Discord does not report a member's new roles: whoever needs them has to ask now and then.
 */
export function watchRights(client: Client, changed: Changed): Disposable {
  const listeners: { [Name in keyof ClientEvents]?: (...args: ClientEvents[Name]) => void } = {
    [Events.GuildRoleUpdate]: (before, after) => {
      // Neither names and colours nor the order of roles change who may read.
      if (before.permissions.bitfield !== after.permissions.bitfield) changed(after.guild.id);
    },
    [Events.GuildRoleDelete]: (role) => changed(role.guild.id),
    // Both objects share the overwrites, so the old ones cannot be compared with the new ones.
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
  const entries = Object.entries(listeners) as [string, (...args: unknown[]) => void][]; // Object.entries loses the names
  for (const [name, listener] of entries) client.on(name, listener);
  return {
    [Symbol.dispose]() {
      for (const [name, listener] of entries) client.off(name, listener);
    },
  };
}
