import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { pt } from './pt.ts';
import type { Vocabulary } from './vocabulary.ts';

/** By ISO 639-1 code. */
export const VOCABULARIES: Readonly<Record<string, Vocabulary>> = { de, en, es, fr, ja, pt };
