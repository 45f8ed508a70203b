import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import type { Locale } from './locales.ts';
import type { Translation } from './phrases.ts';
import { pt } from './pt.ts';

/** Everything the bot says, by the locale it says it in. */
export const TRANSLATIONS: Readonly<Record<Locale, Translation>> = {
  'en-US': en,
  'es-ES': es,
  fr,
  de,
  ja,
  'pt-BR': pt,
};
