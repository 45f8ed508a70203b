import { type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { GuildSettings, Settings } from '../../core/ports.ts';
import type { MeetingHead, MeetingRecord } from '../../core/record.ts';

/** Somebody who may look after meetings that are not theirs. */
function isModerator(member: GuildMember): boolean {
  return member.permissions.any([PermissionFlagsBits.ManageChannels, PermissionFlagsBits.MuteMembers]);
}

/** Somebody who may choose for the whole server: by permission, or by the role that the server chose. */
export async function mayManage(member: GuildMember, settings: Pick<Settings, 'guild'>): Promise<boolean> {
  const isManager = member.permissions.any([PermissionFlagsBits.ManageGuild, PermissionFlagsBits.ManageChannels]);
  return isManager || hasManagerRole(member, await settings.guild(member.guild.id));
}

/** Somebody who may erase what is not theirs. It cannot be undone, so managing channels is not enough. */
export function mayErase(member: GuildMember, guild: Pick<GuildSettings, 'managerRoleId'>): boolean {
  return member.permissions.has(PermissionFlagsBits.ManageGuild) || hasManagerRole(member, guild);
}

function hasManagerRole(member: GuildMember, { managerRoleId }: Pick<GuildSettings, 'managerRoleId'>): boolean {
  return managerRoleId !== undefined && member.roles.cache.has(managerRoleId);
}

/** Who started a meeting, who sits in it, moderators and managers: the others only hear of it. */
export function maySteer(member: GuildMember, head: MeetingHead, guild: Pick<GuildSettings, 'managerRoleId'>): boolean {
  const mayAlways = isModerator(member) || hasManagerRole(member, guild);
  return mayAlways || head.startedBy === member.id || isInside(member, head);
}

function isInside(member: GuildMember, head: MeetingHead): boolean {
  const voiceChannelId = member.guild.voiceStates.cache.get(member.id)?.channelId;
  // The bot may have been moved meanwhile: where it sits now is where the meeting is.
  const here = member.guild.members.me?.voice.channelId ?? head.voiceChannelId;
  return voiceChannelId !== undefined && voiceChannelId !== null && voiceChannelId === here;
}

/** Minutes are for those who could have read or heard the meeting. */
export function mayRead(member: GuildMember, head: MeetingHead): boolean {
  return head.startedBy === member.id || maySee(member, head.textChannelId) || maySee(member, head.voiceChannelId);
}

/** Whoever sees the meeting's text channel reads along there anyway. */
export function mayReadText(member: GuildMember, head: MeetingHead): boolean {
  return maySee(member, head.textChannelId);
}

export function mayReadAll(member: GuildMember, record: MeetingRecord): boolean {
  return mayRead(member, record.head) || record.attendance.some(({ speakerId }) => speakerId === member.id);
}

function maySee(member: GuildMember, channelId: string): boolean {
  const channel = member.guild.channels.cache.get(channelId);
  return channel?.permissionsFor(member).has(PermissionFlagsBits.ViewChannel) ?? false;
}
