import type { LeftOut, NoTextReason, Notice } from '../../core/notice.ts';
import type { GapReason } from '../../core/record.ts';
import type { PhraseKey } from '../../i18n/phrases.ts';
import type { Words } from '../../i18n/words.ts';
import { errorText } from '../formatting/error-text.ts';

const GAP_REASONS: Readonly<Record<GapReason, PhraseKey>> = {
  paused: 'notices.gapPaused',
  'recogniser unavailable': 'notices.gapRecogniser',
  'audio not decrypted': 'notices.gapDecryption',
  'voice connection lost': 'notices.gapVoice',
  deafened: 'notices.gapDeafened',
  restarted: 'notices.gapRestarted',
  'too much at once': 'notices.gapTooMuch',
};

/** Puts a notice of the meeting into words; not yet escaped. */
export function noticeText(notice: Notice, words: Words): string {
  const { t } = words;
  switch (notice.kind) {
    case 'bot moved':
      return t('notices.moved', { channel: notice.channelName });
    case 'bot moved out':
      return t('consent.movedOut');
    case 'bot moved away':
      return t('consent.movedAway');
    case 'restarting':
      return t('notices.restarting');
    case 'back':
      return t('notices.back', { seconds: seconds(notice.awayMs) });
    case 'nothing heard':
      return t('notices.nothingHeard');
    case 'deafened':
      return t('notices.deafened');
    case 'hears again':
      return t('notices.hearsAgain', { seconds: seconds(notice.deafMs) });
    case 'voice lost':
      return `${errorText(notice.error, words)} ${t('notices.endsHere')}`;
    case 'meeting failed':
      return t('notices.meetingFailed');
    case 'recogniser stopped':
      return errorText(notice.error, words);
    case 'languages left out':
      return leftOutText(notice.leftOut, words);
    case 'no text':
      return t('notices.noText', { name: notice.name, because: noTextReason(notice.because, words) });
    case 'unreadable':
      return t('notices.unreadable', { name: notice.name });
    case 'too quiet':
      return t('notices.tooQuiet', { name: notice.name });
    case 'gap': {
      const values = { seconds: seconds(notice.durationMs), reason: t(GAP_REASONS[notice.reason]) };
      return notice.name === undefined
        ? t('notices.gap', values)
        : t('notices.gapOf', { ...values, name: notice.name });
    }
    case 'minutes sent on':
      if (notice.host === undefined) return t('ofMinutes.sentOnNoMore');
      return t(notice.lines ? 'ofMinutes.linesSentOn' : 'ofMinutes.sentOn', { host: notice.host });
    case 'budget nearly used up':
      return t('usage.nearly');
    case 'budget used up':
      return t('usage.ends');
    case 'journal failed':
      return t('notices.journalFailed');
    case 'minutes failed':
      return t('notices.minutesFailed');
  }
}

/** Says which languages the recogniser does not take; not yet escaped. */
export function leftOutText({ targets, spoken }: LeftOut, { t, list, language }: Words): string {
  const languages = list(targets.map((target) => language(target)));
  return [
    ...(targets.length === 0 ? [] : [t('notices.targetsLeftOut', { languages })]),
    ...(spoken === undefined ? [] : [t('notices.spokenLeftOut', { language: language(spoken) })]),
  ].join(' ');
}

function noTextReason(because: NoTextReason, words: Words): string {
  switch (because) {
    case 'turns are taken':
      return words.t('notices.takingTurns');
    case 'recogniser out of reach':
      return words.t('notices.outOfReach');
    case 'recogniser mute':
      return words.t('notices.mute');
    default:
      return errorText(because, words);
  }
}

function seconds(durationMs: number): number {
  return Math.round(durationMs / 1000);
}
