import type { Locale } from '../../i18n/locales.ts';
import { wordsFor } from '../../i18n/words.ts';
import { drawable, fontsFor } from './fonts.ts';

/** The language itself where the fonts at hand can draw it, else English: a page of empty boxes helps nobody. */
export function drawableLocale(locale: Locale): Locale {
  if (locale === 'en-US') return locale; // the shipped font has it
  const labels = labelsIn(locale);
  return drawable(labels, fontsFor([labels])) === labels ? locale : 'en-US';
}

/** The letters that the picture's labels take. */
export function labelsIn(locale: Locale): string {
  const { t } = wordsFor(locale);
  const labels = ['talkTime', 'silent', 'atOnce', 'speaking', 'inChannel', 'notTranscribed', 'nobody'] as const;
  const counting = [
    t('picture.people', { count: 2 }),
    t('picture.more', { count: 2 }),
    t('picture.person', { number: 2 }),
    t('document.underSecond'),
  ];
  return [...labels.map((label) => t(`picture.${label}`)), ...counting].join('');
}
