import type { LiveMeeting } from '../../src/core/ports/live-meetings.ts';
import type { PhraseKey } from '../../src/i18n/phrases.ts';
import { type Words, wordsFor } from '../../src/i18n/words.ts';
import { calledIn, tellRoom } from '../shared/announce.ts';
import type { Asker, CommandContext } from '../shared/context.ts';
import { meetingToSteer } from './running-meeting.ts';

/** Off the record. Everybody who reads along is told. */
export async function pause(ask: Asker, context: CommandContext, words: Words): Promise<string> {
  const meeting = await meetingToSteer(ask, context, words);
  if (typeof meeting === 'string') return meeting;
  if (!meeting.pause()) return words.t('transcribe.pausedAlready');
  await tellAll(ask, meeting, 'transcribe.toldPaused', context);
  return words.t('transcribe.paused');
}

/** Back on the record. */
export async function resume(ask: Asker, context: CommandContext, words: Words): Promise<string> {
  const meeting = await meetingToSteer(ask, context, words);
  if (typeof meeting === 'string') return meeting;
  if (!meeting.resume()) return words.t('transcribe.notPaused');
  await tellAll(ask, meeting, 'transcribe.toldResumed', context);
  return words.t('transcribe.resumed');
}

async function tellAll(ask: Asker, meeting: LiveMeeting, what: PhraseKey, context: CommandContext): Promise<void> {
  const sentence = wordsFor(ask.member.guild.preferredLocale).t(what, { name: calledIn(meeting, ask.member) });
  try {
    await tellRoom(ask, meeting, sentence, context);
  } catch (error) {
    // The pause itself is what counts; it is in force already.
    context.log.warn({ err: error }, 'A pause could not be announced');
  }
}
