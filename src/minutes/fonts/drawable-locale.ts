import type { Locale } from '../../i18n/locales.ts';
import { wordsFor } from '../../i18n/words.ts';
import { drawable, fontsFor } from './fonts.ts';

/** The locale if the fonts on this machine can draw it, otherwise English, as a page of empty boxes helps nobody. */
export function drawableLocale(locale: Locale): Locale {
  if (locale === 'en-US') return locale; // the shipped font has it
  const labels = labelsIn(locale);
  return drawable(labels, fontsFor([labels])) === labels ? locale : 'en-US';
}

/** All labels of the picture as one text, to test fonts with. */
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
