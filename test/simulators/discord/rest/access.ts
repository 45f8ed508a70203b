import type { Channel } from '../world/channel.ts';
import type { Guild } from '../world/guild.ts';
import type { PermissionName } from '../world/permissions.ts';
import type { World } from '../world/world.ts';
import { refusals } from './api-error.ts';

/** The channel, when the bot may see it. Throws 10003 or 50001. */
export function seenChannel(world: World, id: string): Channel {
  const channel = world.channels.get(id);
  if (channel === undefined) throw refusals.unknownChannel();
  const { guild } = channel;
  if (guild === undefined) return channel;
  if (!world.guilds.has(guild.id)) throw refusals.missingAccess();
  const isSeen = channel.isSeenBy(guild.bot);
  // In a voice channel, who may not connect may do nothing else either.
  const isOpen = !channel.permissionSource.isVoice || guild.bot.may('Connect', channel);
  if (!isSeen || !isOpen) throw refusals.missingAccess();
  return channel;
}

/** Throws 50013 when one of the permissions is missing. */
export function demand(channel: Channel, ...permissions: readonly PermissionName[]): void {
  const bot = channel.guild?.bot;
  if (bot !== undefined && !permissions.every((permission) => bot.may(permission, channel))) {
    throw refusals.missingPermissions();
  }
}

export function demandInGuild(guild: Guild, permission: PermissionName): void {
  if (!guild.bot.may(permission)) throw refusals.missingPermissions();
}

export function joinedGuild(world: World, id: string): Guild {
  const guild = world.guilds.get(id);
  if (guild === undefined) throw refusals.unknownGuild();
  return guild;
}
