import { de } from './de/index.ts';
import { en } from './en/index.ts';
import { es } from './es/index.ts';
import { fr } from './fr/index.ts';
import { ja } from './ja/index.ts';
import type { Locale } from './locales.ts';
import type { Translation } from './phrases.ts';
import { pt } from './pt/index.ts';

/** Everything the bot says, by the locale it says it in. */
export const TRANSLATIONS: Readonly<Record<Locale, Translation>> = {
  'en-US': en,
  'es-ES': es,
  fr,
  de,
  ja,
  'pt-BR': pt,
};
