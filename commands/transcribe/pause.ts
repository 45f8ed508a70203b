import { say } from '../../src/discord/announcement.ts';
import { escapeName } from '../../src/discord/escape.ts';
import type { Asker, CommandContext } from '../context.ts';
import { meetingToSteer } from './running-meeting.ts';

/** Off the record. Everybody who reads along is told. */
export async function pause(ask: Asker, context: CommandContext): Promise<string> {
  const meeting = meetingToSteer(ask, context);
  if (typeof meeting === 'string') return meeting;
  if (!meeting.pause()) return 'The meeting is paused already: `/transcribe resume` goes on.';
  const sentence = `⏸️ ${escapeName(ask.member.displayName)} paused the transcript: nothing is heard until \`/transcribe resume\`.`;
  await tellAll(meeting.head.textChannelId, sentence, context);
  return 'Paused: from now on nothing is heard or written. `/transcribe resume` goes on.';
}

/** Back on the record. */
export async function resume(ask: Asker, context: CommandContext): Promise<string> {
  const meeting = meetingToSteer(ask, context);
  if (typeof meeting === 'string') return meeting;
  if (!meeting.resume()) return 'The meeting is not paused: what is said is being written down.';
  await tellAll(
    meeting.head.textChannelId,
    `▶️ ${escapeName(ask.member.displayName)} resumed the transcript: what is said is written down again.`,
    context,
  );
  return 'Resumed: what is said is written down again.';
}

async function tellAll(channelId: string, sentence: string, context: CommandContext): Promise<void> {
  try {
    await say(context.client, channelId, sentence, context.signal);
  } catch (error) {
    // The pause itself is what counts; it is in force already.
    context.log.warn({ err: error }, 'A pause could not be announced');
  }
}
