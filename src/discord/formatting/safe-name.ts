import { isSeen, oneLine } from '../../core/text/plain-text.ts';
import { MAX_WEBHOOK_NAME } from './limits.ts';
import { splitAtWords } from './split.ts';

const NOBODY = 'Somebody';
/** Discord refuses these words in a webhook's name; a look-alike letter (Cyrillic es) keeps them readable. */
const FORBIDDEN = /discord|clyde/gi;
const LOOK_ALIKES: Readonly<Record<string, string>> = { c: '\u0441', C: '\u0421' };
/** Invisible marks of direction and joiners: Discord trims the spaces of a name, and these would hide them. */
const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** Makes a member's name acceptable to Discord as the name of a webhook. */
export function safeName(name: string): string {
  if (!isSeen(name)) return NOBODY;
  const seen = oneLine(name.replaceAll(UNSEEN, ''));
  const allowed = seen.replaceAll(FORBIDDEN, (word) => word.replace(/c/i, (letter) => LOOK_ALIKES[letter] ?? letter));
  return splitAtWords(allowed, MAX_WEBHOOK_NAME)[0] ?? NOBODY;
}
