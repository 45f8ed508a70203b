import { type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { Settings } from '../../core/ports/settings.ts';
import type { MeetingHead } from '../../core/record.ts';
import type { GuildSettings } from '../../core/settings.ts';
import { takesPartIn } from './sits-in.ts';

type ManagerRole = Pick<GuildSettings, 'managerRoleId'>;

/** Whether somebody may choose for the whole server: by permission, or by the role that the server chose. */
export async function mayManage(member: GuildMember, settings: Pick<Settings, 'guild'>): Promise<boolean> {
  return isManager(member, await settings.guild(member.guild.id));
}

/**
 * Whether somebody may choose who manages. The manager role is not enough: nobody with it may pass it on or take it
 * away.
 */
export function mayChooseManagers(member: GuildMember): boolean {
  return member.permissions.has(PermissionFlagsBits.ManageGuild);
}

/** Whether somebody may erase other people's words. It cannot be undone, so managing channels is not enough. */
export function mayErase(member: GuildMember, guild: ManagerRole): boolean {
  return member.permissions.has(PermissionFlagsBits.ManageGuild) || hasManagerRole(member, guild);
}

/**
 * Whether somebody may steer a meeting: they started it, take part in it, or moderate or manage the server. One of hundreds in the
 * audience of a stage may not.
 */
export function maySteer(member: GuildMember, head: MeetingHead, guild: ManagerRole): boolean {
  const isModerator = member.permissions.has(PermissionFlagsBits.MuteMembers);
  return isModerator || isManager(member, guild) || head.startedBy === member.id || takesPartIn(member, head);
}

/**
 * Whether somebody may choose for others: the languages of translations, and the spoken language.
 *
 * @param running - the meeting that the choice changes at once; missing when none runs
 */
export function mayChoose(member: GuildMember, running: MeetingHead | undefined, guild: ManagerRole): boolean {
  return isManager(member, guild) || (running !== undefined && maySteer(member, running, guild));
}

function isManager(member: GuildMember, guild: ManagerRole): boolean {
  const mayByPermission = member.permissions.any([PermissionFlagsBits.ManageGuild, PermissionFlagsBits.ManageChannels]);
  return mayByPermission || hasManagerRole(member, guild);
}

function hasManagerRole(member: GuildMember, { managerRoleId }: ManagerRole): boolean {
  return managerRoleId !== undefined && member.roles.cache.has(managerRoleId);
}
