import { type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { GuildSettings } from '../../core/settings.ts';

/**
 * Somebody who may have the words of all meetings sent out of the server. Who receives them reads what no channel's
 * permissions keep from them, so neither managing channels nor the role that the server chose is enough.
 */
export function mayLetWordsLeave(member: GuildMember): boolean {
  return member.permissions.has(PermissionFlagsBits.ManageGuild);
}

/**
 * Somebody who may choose where in the server the words of all meetings stand, and which begin without being asked for:
 * who manages channels alone would have what is said in channels that they cannot see written where they can.
 */
export function mayPlaceWords(member: GuildMember, { managerRoleId }: Pick<GuildSettings, 'managerRoleId'>): boolean {
  const hasRole = managerRoleId !== undefined && member.roles.cache.has(managerRoleId);
  return hasRole || member.permissions.has(PermissionFlagsBits.ManageGuild);
}
