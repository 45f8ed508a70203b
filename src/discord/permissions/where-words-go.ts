import { type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { GuildSettings } from '../../core/settings.ts';

/**
 * Whether somebody may have the words of all meetings sent out of the server. No channel's permissions apply to the
 * receiver, so neither managing channels nor the manager role is enough.
 */
export function mayLetWordsLeave(member: GuildMember): boolean {
  return member.permissions.has(PermissionFlagsBits.ManageGuild);
}

/**
 * Whether somebody may choose the channel for the words of all meetings, and which meetings begin automatically.
 * Managing channels is not enough: they could have words from channels that they cannot see written where they can.
 */
export function mayPlaceWords(member: GuildMember, { managerRoleId }: Pick<GuildSettings, 'managerRoleId'>): boolean {
  const hasRole = managerRoleId !== undefined && member.roles.cache.has(managerRoleId);
  return hasRole || member.permissions.has(PermissionFlagsBits.ManageGuild);
}
