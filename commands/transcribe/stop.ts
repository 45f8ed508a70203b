import type { MeetingRecord } from '../../src/core/record.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { Asker, CommandContext } from '../shared/context.ts';
import { visibleTo } from '../shared/visible-channels.ts';
import { meetingToSteer } from './running-meeting.ts';

/** Ends the meeting after its last words are posted. Says where the minutes are if the asker may know where it was. */
export async function stop(ask: Asker, context: CommandContext, words: Words): Promise<string> {
  const meeting = await meetingToSteer(ask, context, words);
  if (typeof meeting === 'string') return meeting;
  const mayKnow = await context.readers.mayKnow(ask.member, meeting.head);
  const record = await meeting.stopMeeting('stopped');
  if (record.endedMs === undefined) return words.t('errors.moving'); // it goes on in another process
  if (!mayKnow) return words.t('livePage.over');
  const { minutesChannelId } = await context.settings.guild(ask.guildId);
  const where = minutesChannelId ?? record.head.textChannelId;
  const answer = words.t('transcribe.over', {
    voice: `<#${record.head.voiceChannelId}>`,
    contents: contentsOf(record, words),
    minutes: `<#${where}>`,
  });
  return visibleTo(ask.member, answer, words);
}

function contentsOf({ finals }: MeetingRecord, words: Words): string {
  if (finals.length === 0) return words.t('transcribe.nothingSaid');
  const people = new Set(finals.map(({ speakerId }) => speakerId)).size;
  return words.t('transcribe.contents', { lines: finals.length, people });
}
