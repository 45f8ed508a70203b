import type { GuildMember, VoiceState } from 'discord.js';
import type { MeetingHead } from '../../core/record.ts';
import { isInStageAudience } from './on-stage.ts';

/** Whether somebody is in the voice channel of a running meeting: they hear it, and see who else is there. */
export function sitsIn(member: GuildMember, head: MeetingHead): boolean {
  return seatIn(member, head) !== undefined;
}

/** Whether somebody takes part in a running meeting: the audience of a stage only listens. */
export function takesPartIn(member: GuildMember, head: MeetingHead): boolean {
  const seat = seatIn(member, head);
  return seat !== undefined && !isInStageAudience(seat);
}

function seatIn({ guild, id }: GuildMember, head: MeetingHead): VoiceState | undefined {
  const seat = guild.voiceStates.cache.get(id);
  // The bot may have been moved since the start: the meeting is where it is now.
  const here = guild.members.me?.voice.channelId ?? head.voiceChannelId;
  return seat && seat.channelId !== null && seat.channelId === here ? seat : undefined;
}
