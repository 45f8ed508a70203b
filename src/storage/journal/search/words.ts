import { fold } from './folding.ts';

/** A word of a text, as it is in the full-text index. */
export interface IndexedWord {
  readonly word: string; // folded: case, accents, strokes and widths do not matter
  readonly start: number; // in the text, in UTF-16 units
  readonly end: number;
}

const MOST_WORDS = 14_000; // of one text; PostgreSQL counts positions up to 16,383, and joined words are added
const MOST_JOINED = 2_000;

/** Scripts that write no spaces between words, and Korean, which attaches its endings. */
const UNSPACED = ['Han', 'Hira', 'Kana', 'Hang', 'Thai', 'Laoo', 'Khmr', 'Mymr']
  .map((name) => `\\p{scx=${name}}`)
  .join('');

/** A Korean syllable in single letters, as some keyboards and file systems spell it. */
const SYLLABLE = String.raw`[\u1100-\u115f\ua960-\ua97c][\u1160-\u11a7\ud7b0-\ud7c6]+[\u11a8-\u11ff\ud7cb-\ud7fb]*`;

/** A character that counts as a word, with the marks after it; Unicode takes those of half-width kana for letters. */
export const LONE_CHARACTER = new RegExp(
  `${SYLLABLE}|[[[\\p{L}\\p{N}]&&[${UNSPACED}]]--[\\uff9e\\uff9f]][\\p{M}\\uff9e\\uff9f]*`,
  'v',
);

/**
 * A word: a run of letters and digits, or one character of a script without spaces.
 *
 * Such characters are searched for as a phrase, so any part of a sentence is found. The groups of three that SQLite's
 * trigram tokenizer makes would miss most Chinese words, which have two characters.
 */
const WORD = new RegExp(
  `${LONE_CHARACTER.source}|[[\\p{L}\\p{N}]--[${UNSPACED}]][[\\p{L}\\p{N}\\p{M}]--[${UNSPACED}]]*`,
  'gv',
);

/** The words of a text in order: the same for both databases, for texts and for queries. */
export function wordsOf(text: string): IndexedWord[] {
  const words: IndexedWord[] = [];
  for (const { 0: written, index } of text.matchAll(WORD)) {
    const word = fold(written);
    if (word !== '') words.push({ word, start: index, end: index + written.length });
    if (words.length === MOST_WORDS) break;
  }
  return words;
}

/** Signs inside a word that other people write without them: `follow-up`, `don't`, `Node.js`, `e_mail`. */
const JOINER = /^[-\u2010\u2011\u2212'\u2018\u2019\u02bc\u00b7._&]$/u;

/**
 * Joins words that one sign and no space separates: `followup` for `follow-up`. They are found in addition to their parts.
 *
 * Numbers are not joined (`3.5` is not 35), nor are words of scripts that write no spaces anyway.
 */
export function joinedWordsOf(text: string, words: readonly IndexedWord[]): IndexedWord[] {
  const joined: IndexedWord[] = [];
  for (let first = 0; first < words.length && joined.length < MOST_JOINED; ) {
    let last = first;
    while (goesOn(text, words[last], words[last + 1])) last += 1;
    const parts = words.slice(first, last + 1);
    const [from, to] = [parts[0], parts.at(-1)];
    if (from && to && parts.length > 1) {
      const word = fold(parts.map((part) => part.word).join(''));
      joined.push({ word, start: from.start, end: to.end });
    }
    first = last + 1;
  }
  return joined;
}

function goesOn(text: string, word: IndexedWord | undefined, next: IndexedWord | undefined): boolean {
  if (!word || !next || !JOINER.test(text.slice(word.end, next.start))) return false;
  return !(/\d$/.test(word.word) && /^\d/.test(next.word)) && !LONE_CHARACTER.test(next.word);
}
