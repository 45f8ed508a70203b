import type { Glossary } from '../../../core/settings.ts';
import { type IndexedWord, joinedWordsOf, LONE_CHARACTER, wordsOf } from './words.ts';

/** Words that have to follow one another. */
export interface Phrase {
  readonly words: readonly string[]; // at least one
  readonly isOpen: boolean; // the last word is a beginning: `meet` finds `meeting`
}

/** One part of a query, in each way in which a text may contain it: one way is enough. */
export interface Clause {
  readonly ways: readonly (readonly Phrase[])[]; // at least one way; a text has to contain all phrases of a way, in any order
}

const MOST_CLAUSES = 16; // more clauses do not narrow the search any further
const MOST_WAYS = 24; // of one clause: a term has at most ten forms, and few words name two of them
const MOST_WORDS = 40; // of a phrase: each is compared at every position of a found text
const MOST_CHARS = 1_000; // nobody remembers more of what was said
const SHORTEST_OPEN = 4; // half the dictionary begins with shorter ones, which are slow to look up

/**
 * Parses a query: a text has to contain all of its words, in any order, and words `"in quotes"` exactly so.
 *
 * A term of the server's glossary is also searched for as it is heard, as texts are indexed as they were recognised.
 *
 * @returns no clauses when the query contains no word
 */
export function readQuery(typed: string, glossary: Glossary = []): Clause[] {
  const parts = [...typed.slice(0, MOST_CHARS).matchAll(/["“”„]([^"“”„]*)["“”„]|([^\s"“”„]+)/g)];
  const terms = spelled(glossary);
  return parts
    .flatMap(([, quoted, plain]): Clause[] => {
      const text = quoted ?? plain ?? '';
      const indexed = wordsOf(text).slice(0, MOST_WORDS);
      if (indexed.length === 0) return [];
      const words = indexed.map(({ word }) => word);
      const phrase = phraseOf(words, quoted === undefined);
      const ways = [[phrase], ...joinedWays(text, indexed, quoted === undefined), ...heardWays(phrase, terms)];
      return [{ ways: ways.slice(0, MOST_WAYS) }];
    })
    .slice(0, MOST_CLAUSES);
}

function phraseOf(words: readonly string[], mayGoOn: boolean): Phrase {
  const last = words.at(-1) ?? '';
  return { words, isOpen: mayGoOn && last.length >= SHORTEST_OPEN && !LONE_CHARACTER.test(last) };
}

/** `follow-up` finds `followup`, too. */
function joinedWays(text: string, words: readonly IndexedWord[], mayGoOn: boolean): Phrase[][] {
  const [joined, more] = joinedWordsOf(text, words);
  const isWhole = joined && !more && joined.start === words[0]?.start && joined.end === words.at(-1)?.end;
  return isWhole ? [[phraseOf([joined.word], mayGoOn)]] : [];
}

/**
 * The ways in which a text may contain a term that these words name: the words are part of the term, or contain it.
 *
 * A word of `Data Lake` finds texts in which `date alike` was heard.
 */
function heardWays({ words, isOpen }: Phrase, terms: readonly SpelledTerm[]): Phrase[][] {
  return terms.flatMap(({ shown, forms }) => {
    const isPart = shown.some((term) => placeOf({ words, isOpen }, term) !== undefined);
    const around = shown.flatMap((term) => {
      const at = placeOf({ words: term, isOpen: false }, words);
      if (at === undefined || term.length === words.length) return []; // all of it is a part of it as well
      return [{ before: words.slice(0, at), behind: words.slice(at + term.length) }];
    });
    return forms.flatMap((form) => [
      ...(isPart ? [[{ words: form, isOpen: false }]] : []),
      ...around.map(({ before, behind }) => [{ words: [...before, ...form, ...behind], isOpen: false }]),
    ]);
  });
}

/** A term of the glossary in the index's words. */
interface SpelledTerm {
  readonly shown: readonly (readonly string[])[]; // as people see it, in any language
  readonly forms: readonly (readonly string[])[]; // as it may have been heard
}

function spelled(glossary: Glossary): SpelledTerm[] {
  return glossary.map(({ written, heard, translations }) => {
    const shown = [written, ...Object.values(translations)].map(plainWords).filter(({ length }) => length > 0);
    return { shown, forms: [...heard.map(plainWords).filter(({ length }) => length > 0), ...shown] };
  });
}

/** The position at which a phrase begins among words; `undefined` when it does not occur. */
function placeOf(phrase: Phrase, among: readonly string[]): number | undefined {
  const words = among.map((word) => ({ word }));
  const at = words.findIndex((_, index) => standsAt(words, index, phrase));
  return at < 0 ? undefined : at;
}

function plainWords(form: string): string[] {
  return wordsOf(form).map(({ word }) => word);
}

/** The places of the phrases in a text, in order and without overlaps, so that they can be highlighted. */
export function matchesIn(text: string, clauses: readonly Clause[]): { start: number; end: number }[] {
  const words = wordsOf(text);
  const joined = joinedWordsOf(text, words);
  const phrases = clauses.flatMap(({ ways }) => ways.flat());
  const found = phrases.flatMap((phrase) => [
    ...words.flatMap((first, at) => {
      const last = words[at + phrase.words.length - 1];
      return last && standsAt(words, at, phrase) ? [{ start: first.start, end: last.end }] : [];
    }),
    ...joined.flatMap(({ start, end }, at) =>
      phrase.words.length === 1 && standsAt(joined, at, phrase) ? [{ start, end }] : [],
    ),
  ]);
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
