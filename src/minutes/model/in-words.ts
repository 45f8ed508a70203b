import type { GapReason, MeetingEnding } from '../../core/record.ts';
import type { PhraseKey } from '../../i18n/phrases.ts';
import type { Words } from '../../i18n/words.ts';

const ENDINGS = {
  stopped: 'document.endStopped',
  empty: 'document.endEmpty',
  disconnected: 'document.endDisconnected',
  'channel deleted': 'document.endDeleted',
  'budget used up': 'document.endBudget',
  'event over': 'document.endEvent',
  shutdown: 'document.endShutdown',
  failed: 'document.endFailed',
} as const satisfies Readonly<Record<MeetingEnding, PhraseKey>>;

/** How a meeting ended, or that it is still running. */
export function endingInWords(ending: MeetingEnding | undefined, words: Words): string {
  return words.t(ending === undefined ? 'document.notEnded' : ENDINGS[ending]);
}

const REASONS = {
  paused: 'document.gapPaused',
  'recogniser unavailable': 'document.gapRecogniser',
  'audio not decrypted': 'document.gapDecryption',
  'voice connection lost': 'document.gapVoice',
  deafened: 'document.gapDeafened',
  restarted: 'document.gapRestarted',
  'too much at once': 'document.gapTooMuch',
} as const satisfies Readonly<Record<GapReason, PhraseKey>>;

/** Why a part of the meeting could not be transcribed. */
export function reasonInWords(reason: GapReason, words: Words): string {
  return words.t(REASONS[reason]);
}
