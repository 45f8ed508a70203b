import { LONE_CHARACTER, wordsOf } from './search-words.ts';

/** Words that must stand one after the other. */
export interface Phrase {
  readonly words: readonly string[]; // at least one
  readonly isOpen: boolean; // the last word may go on: `meet` finds `meeting`
}

const MOST_PHRASES = 16; // more narrow nothing down any further
const SHORTEST_OPEN = 4; // shorter beginnings are those of half the dictionary, and slow to look up

/**
 * What somebody looks for: all of the words, in any order; `"in quotes"` as they stand there.
 *
 * Empty when nothing in it is a word.
 */
export function readQuery(typed: string): Phrase[] {
  const parts = [...typed.matchAll(/["“”„]([^"“”„]*)["“”„]|([^\s"“”„]+)/g)];
  return parts
    .flatMap(([, quoted, plain]) => {
      const words = wordsOf(quoted ?? plain ?? '').map(({ word }) => word);
      const last = words.at(-1);
      if (last === undefined) return [];
      const isOpen = quoted === undefined && last.length >= SHORTEST_OPEN && !LONE_CHARACTER.test(last);
      return [{ words, isOpen }];
    })
    .slice(0, MOST_PHRASES);
}

/** Where the phrases stand in a text, in order and without overlaps, so that they can be shown. */
export function matchesIn(text: string, phrases: readonly Phrase[]): { start: number; end: number }[] {
  const words = wordsOf(text);
  const found = phrases.flatMap((phrase) =>
    words.flatMap((first, at) => {
      const last = words[at + phrase.words.length - 1];
      return last && standsAt(words, at, phrase) ? [{ start: first.start, end: last.end }] : [];
    }),
  );
  const matches: { start: number; end: number }[] = [];
  for (const match of found.sort((a, b) => a.start - b.start || a.end - b.end)) {
    const before = matches.at(-1);
    if (before && match.start < before.end) before.end = Math.max(before.end, match.end);
    else matches.push(match);
  }
  return matches;
}

function standsAt(words: readonly { readonly word: string }[], at: number, phrase: Phrase): boolean {
  return phrase.words.every((wanted, offset) => {
    const word = words[at + offset]?.word;
    return word === wanted || (phrase.isOpen && offset === phrase.words.length - 1 && word?.startsWith(wanted));
  });
}
