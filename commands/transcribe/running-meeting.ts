import type { LiveMeeting } from '../../src/core/meetings.ts';
import type { Asker, CommandContext } from '../context.ts';
import { maySteer } from '../who-may.ts';

export const NOTHING_RUNS = 'Nothing is being transcribed in this server. `/transcribe start` begins.';

/** The meeting that somebody wants to steer, or the sentence that says why not. */
export function meetingToSteer(ask: Asker, { meetings }: CommandContext): LiveMeeting | string {
  const meeting = meetings.of(ask.guildId);
  if (!meeting) return NOTHING_RUNS;
  if (maySteer(ask.member, meeting.head)) return meeting;
  return `That meeting is somebody else’s: join <#${meeting.head.voiceChannelId}>, or ask <@${meeting.head.startedBy}> or a moderator.`;
}
