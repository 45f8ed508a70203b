import { type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { MeetingHead, MeetingRecord } from '../src/core/record.ts';

/** Somebody who may look after meetings that are not theirs. */
function isModerator(member: GuildMember): boolean {
  return member.permissions.any([PermissionFlagsBits.ManageChannels, PermissionFlagsBits.MuteMembers]);
}

/** Somebody who may choose for the whole server. */
export function isManager(member: GuildMember): boolean {
  return member.permissions.any([PermissionFlagsBits.ManageGuild, PermissionFlagsBits.ManageChannels]);
}

/** Who started a meeting, who sits in it, and moderators: the others only hear of it. */
export function maySteer(member: GuildMember, head: MeetingHead): boolean {
  return head.startedBy === member.id || isInside(member, head) || isModerator(member);
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

export function mayReadAll(member: GuildMember, record: MeetingRecord): boolean {
  return mayRead(member, record.head) || record.attendance.some(({ speakerId }) => speakerId === member.id);
}

function maySee(member: GuildMember, channelId: string): boolean {
  const channel = member.guild.channels.cache.get(channelId);
  return channel?.permissionsFor(member).has(PermissionFlagsBits.ViewChannel) ?? false;
}
