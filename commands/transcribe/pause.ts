import type { LiveMeeting } from '../../src/core/ports/live-meetings.ts';
import type { PhraseKey } from '../../src/i18n/phrases.ts';
import { type Words, wordsFor } from '../../src/i18n/words.ts';
import { announceAction, nameIn } from '../shared/announce.ts';
import type { Asker, CommandContext } from '../shared/context.ts';
import { meetingToSteer } from './running-meeting.ts';

/** Goes off the record, and announces it to everybody who reads along. */
export async function pause(ask: Asker, context: CommandContext, words: Words): Promise<string> {
  const meeting = await meetingToSteer(ask, context, words);
  if (typeof meeting === 'string') return meeting;
  if (!meeting.pauseHearing()) return words.t('transcribe.pausedAlready');
  await announce(ask, meeting, 'transcribe.toldPaused', context);
  return words.t('transcribe.paused');
}

/** Goes back on the record, and announces it. */
export async function resume(ask: Asker, context: CommandContext, words: Words): Promise<string> {
  const meeting = await meetingToSteer(ask, context, words);
  if (typeof meeting === 'string') return meeting;
  if (!meeting.resumeHearing()) return words.t('transcribe.notPaused');
  await announce(ask, meeting, 'transcribe.toldResumed', context);
  return words.t('transcribe.resumed');
}

async function announce(ask: Asker, meeting: LiveMeeting, what: PhraseKey, context: CommandContext): Promise<void> {
  const sentence = wordsFor(ask.member.guild.preferredLocale).t(what, { name: nameIn(meeting, ask.member) });
  try {
    await announceAction(ask, meeting, sentence, context);
  } catch (error) {
    // The pause itself matters, and is in force already.
    context.log.warn({ err: error }, 'A pause could not be announced');
  }
}
