import { LOCALES } from '../../i18n/locales.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';

/** The mark behind words whose final never came. */
export function doubtMark(words: Words): string {
  return ` *(${words.t('document.unconfirmed')})*`;
}

/** The marks of all languages: a server may have changed its language since a message was written. */
export function doubtMarks(): readonly string[] {
  return LOCALES.map((locale) => doubtMark(wordsFor(locale)));
}
