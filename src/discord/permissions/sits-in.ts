import type { GuildMember } from 'discord.js';
import type { MeetingHead } from '../../core/record.ts';

/** Whether somebody is in the voice channel of a running meeting: they hear it, and see who else is there. */
export function sitsIn(member: GuildMember, head: MeetingHead): boolean {
  const voiceChannelId = member.guild.voiceStates.cache.get(member.id)?.channelId;
  // The bot may have been moved since the start: the meeting is where it is now.
  const here = member.guild.members.me?.voice.channelId ?? head.voiceChannelId;
  return voiceChannelId !== undefined && voiceChannelId !== null && voiceChannelId === here;
}
