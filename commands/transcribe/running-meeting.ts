import type { LiveMeeting } from '../../src/core/ports/live-meetings.ts';
import { sitsIn } from '../../src/discord/permissions/sits-in.ts';
import { maySteer } from '../../src/discord/permissions/steering.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { Asker, CommandContext } from '../shared/context.ts';

/** The meeting that the asker wants to steer, or a sentence that says why they cannot. */
export async function meetingToSteer(
  ask: Asker,
  { meetings, settings, readers }: CommandContext,
  words: Words,
): Promise<LiveMeeting | string> {
  const meeting = meetings.meetingOf(ask.guildId);
  if (!meeting) return words.t('transcribe.nothingRuns');
  if (maySteer(ask.member, meeting.head, await settings.guild(ask.guildId))) return meeting;
  if (!(await readers.mayKnow(ask.member, meeting.head))) return words.t('access.hiddenMeeting');
  const { voiceChannelId, startedBy } = meeting.head;
  const listensOnly = sitsIn(ask.member, meeting.head); // whoever takes part may steer
  return words.t(listensOnly ? 'access.stageOfOthers' : 'access.somebodyElses', {
    channel: `<#${voiceChannelId}>`,
    starter: `<@${startedBy}>`,
  });
}
