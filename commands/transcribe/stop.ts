import type { MeetingRecord } from '../../src/core/record.ts';
import type { Asker, CommandContext } from '../context.ts';
import { meetingToSteer } from './running-meeting.ts';

/** Ends the meeting once its last words are told, and says where the minutes are. */
export async function stop(ask: Asker, context: CommandContext): Promise<string> {
  const meeting = meetingToSteer(ask, context);
  if (typeof meeting === 'string') return meeting;
  const record = await meeting.stop('stopped');
  const { minutesChannelId } = await context.settings.guild(ask.guildId);
  const where = minutesChannelId ?? record.head.textChannelId;
  return `The meeting in <#${record.head.voiceChannelId}> is over: ${contentsOf(record)}. The minutes are in <#${where}>, and \`/minutes latest\` shows them.`;
}

function contentsOf({ finals }: MeetingRecord): string {
  if (finals.length === 0) return 'nothing was said that I could write down';
  const people = new Set(finals.map(({ speakerId }) => speakerId)).size;
  return `${counted(finals.length, 'line')} by ${people === 1 ? 'one person' : `${people} people`}`;
}

function counted(count: number, noun: string): string {
  return count === 1 ? `one ${noun}` : `${count} ${noun}s`;
}
