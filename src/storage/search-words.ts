/** A word of a text, as the full-text index knows it. */
export interface IndexedWord {
  readonly word: string; // folded: case, accents and widths do not matter
  readonly start: number; // in the text, in UTF-16 units
  readonly end: number;
}

const LONGEST_WORD = 64; // longer is no word that somebody looks for; PostgreSQL takes 2,046 bytes at most
const MOST_WORDS = 16_000; // of one text; PostgreSQL counts positions up to 16,383

/** Scripts that put no spaces between words, and Korean, which glues its endings on. */
const UNSPACED = ['Han', 'Hira', 'Kana', 'Hang', 'Thai', 'Laoo', 'Khmr', 'Mymr']
  .map((name) => `\\p{scx=${name}}`)
  .join('');

/** A character that counts as a word of its own. */
export const LONE_CHARACTER = new RegExp(`[[\\p{L}\\p{N}]&&[${UNSPACED}]]\\p{M}*`, 'v');

/**
 * A word: a run of letters and digits, or one character of a script without spaces.
 *
 * Such characters are looked for as a phrase, so any part of a sentence is found. Groups of three, as SQLite's own
 * trigram tokenizer makes them, would miss most Chinese words: those have two.
 */
const WORD = new RegExp(
  `${LONE_CHARACTER.source}|[[\\p{L}\\p{N}]--[${UNSPACED}]][[\\p{L}\\p{N}\\p{M}]--[${UNSPACED}]]*`,
  'gv',
);

/** Accents of Latin, Greek and Cyrillic, and the vowel points that Hebrew and Arabic may leave out. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0640]/g;

/** The words of a text in their order: the same for both databases, for what is indexed and what is looked for. */
export function wordsOf(text: string): IndexedWord[] {
  const words: IndexedWord[] = [];
  for (const { 0: written, index } of text.matchAll(WORD)) {
    const word = fold(written);
    if (word !== '') words.push({ word, start: index, end: index + written.length });
    if (words.length === MOST_WORDS) break;
  }
  return words;
}

function fold(written: string): string {
  const plain = written.toLowerCase().normalize('NFKD').replaceAll(ACCENTS, '').normalize('NFKC');
  // What a compatibility form unfolds to may hold a space or a sign, which an index would take for the end of a word.
  return plain
    .replaceAll(/[^\p{L}\p{N}\p{M}]/gu, '')
    .slice(0, LONGEST_WORD)
    .toWellFormed();
}
