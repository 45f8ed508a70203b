import type { PauseLength } from '../../src/core/settings.ts';
import type { PhraseKey } from '../../src/i18n/phrases.ts';
import type { Words } from '../../src/i18n/words.ts';

export const PAUSES = ['quick', 'normal', 'patient'] as const satisfies readonly PauseLength[];
const PHRASES = {
  quick: 'settings.pauseQuick',
  normal: 'settings.pauseNormal',
  patient: 'settings.pausePatient',
} as const satisfies Readonly<Record<PauseLength, PhraseKey>>;

/** The length of a pause in the reader's language: `normal: 0.6 s`. */
export function pauseLabel(length: PauseLength, words: Words): string {
  return words.t(PHRASES[length]);
}
