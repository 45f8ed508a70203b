import { LOCALES } from '../../i18n/locales.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';

/** What stands behind words that are not simply what was recognised. */
export interface LineMarks {
  readonly unconfirmed: string; // their final never came
  readonly corrected: string; // somebody put them right
  readonly ofOriginal: string; // a translation of what was recognised, and corrected since
}

const PHRASES = {
  unconfirmed: 'document.unconfirmed',
  corrected: 'document.corrected',
  ofOriginal: 'document.ofOriginal',
} as const;
const KINDS = ['unconfirmed', 'corrected', 'ofOriginal'] as const;

export function lineMarks(words: Words): LineMarks {
  const mark = (kind: keyof LineMarks) => ` *(${words.t(PHRASES[kind])})*`;
  return { unconfirmed: mark('unconfirmed'), corrected: mark('corrected'), ofOriginal: mark('ofOriginal') };
}

/** Finds the mark behind a text, in whichever language: a server may have changed its own since the text was written. */
export function markBehind(text: string): { readonly kind: keyof LineMarks; readonly mark: string } | undefined {
  for (const locale of LOCALES) {
    const marks = lineMarks(wordsFor(locale));
    for (const kind of KINDS) if (text.endsWith(marks[kind])) return { kind, mark: marks[kind] };
  }
  return undefined;
}
