import type { Locale } from '../locales.ts';
import { de } from './de.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import type { CommandPhrases } from './names.ts';
import { pt } from './pt.ts';

/** Names and descriptions of every command, by the locale they are shown in. The commands themselves hold the English. */
export const COMMAND_PHRASES: Readonly<Record<Locale, CommandPhrases>> = {
  'en-US': {},
  'es-ES': es,
  fr,
  de,
  ja,
  'pt-BR': pt,
};
