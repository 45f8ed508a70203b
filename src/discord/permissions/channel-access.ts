import { type GuildBasedChannel, type GuildMember, PermissionFlagsBits } from 'discord.js';

/** Whether somebody could join this voice channel and listen. Seeing its name in the list is not enough. */
export function couldHear(member: GuildMember, channel: GuildBasedChannel | undefined): boolean {
  if (!channel?.isVoiceBased()) return false;
  return channel.permissionsFor(member).has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.Connect]);
}

/**
 * Whether somebody could read the history of this channel. The chat of a voice channel is closed to people who may not
 * connect.
 *
 * @param channel - of a thread, the channel that it belongs to
 */
export function couldRead(member: GuildMember, channel: GuildBasedChannel): boolean {
  const permissions = channel.permissionsFor(member);
  return (
    permissions.has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory]) &&
    (!channel.isVoiceBased() || permissions.has(PermissionFlagsBits.Connect))
  );
}

/** Whether somebody sees every private thread of this channel, invited or not. */
export function seesAllThreads(member: GuildMember, parent: GuildBasedChannel): boolean {
  return parent.permissionsFor(member).has(PermissionFlagsBits.ManageThreads);
}
