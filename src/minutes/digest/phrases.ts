import type { Phrase } from './languages/vocabulary.ts';
import { keyOf, type Words, wordsOf } from './words.ts';

const MOST_BETWEEN_WORDS = 4;
const MOST_BETWEEN_LETTERS = 12; // about as much, in a language without spaces

/** A stretch of a text. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Turns of phrase of one language, to be looked for in sentences.
 *
 * A phrase is only tried on sentences that hold one of the words that it needs: a long meeting has thousands of sentences, and a
 * language hundreds of phrases.
 */
export class Phrases {
  readonly #byKey = new Map<string, RegExp[]>();
  readonly #always: RegExp[] = []; // phrases that consist of endings and the like

  /** @throws {SyntaxError} when a phrase holds a sign that its notation does not have */
  constructor(phrases: readonly Phrase[], hasSpaces: boolean) {
    for (const phrase of phrases) {
      const elements = phrase.split(' ').map((element) => elementOf(element, hasSpaces, phrase));
      const pattern = new RegExp((hasSpaces ? '(?<![^ ])' : '') + elements.map(({ source }) => source).join(''), 'u');
      const keys = mostTelling(elements);
      if (!keys) this.#always.push(pattern);
      for (const key of new Set(keys)) this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), pattern]);
    }
  }

  areIn(words: Words): boolean {
    return this.#perhapsIn(words).some((pattern) => pattern.test(words.joined));
  }

  /** Where the first of the phrases stands in the text; of those that begin there, the longest. */
  firstIn(words: Words): Span | undefined {
    let [from, to] = [Number.POSITIVE_INFINITY, 0];
    for (const pattern of this.#perhapsIn(words)) {
      const found = pattern.exec(words.joined);
      if (!found) continue;
      const end = found.index + found[0].length;
      if (found.index < from || (found.index === from && end > to)) [from, to] = [found.index, end];
    }
    const first = words.places.find(({ joinedAt }) => joinedAt >= from);
    const last = words.places.findLast(({ joinedAt }) => joinedAt < to);
    return first && last ? { from: first.from, to: last.to } : undefined;
  }

  /** How much of the joined words one phrase after the other takes, from the beginning. */
  lengthAtStart(words: Words): number {
    const patterns = this.#perhapsIn(words);
    for (let length = 0; ; ) {
      const rest = words.joined.slice(length);
      const own = patterns.reduce((most, pattern) => Math.max(most, endAtStart(pattern.exec(rest))), 0);
      if (own === 0) return length;
      length += own;
    }
  }

  #perhapsIn({ keys }: Words): RegExp[] {
    const found = [...this.#always];
    for (const key of keys) for (const pattern of this.#byKey.get(key) ?? []) found.push(pattern);
    return found;
  }
}

function endAtStart(found: RegExpExecArray | null): number {
  return found?.index === 0 ? found[0].length : 0;
}

/** A part of a phrase as a pattern, with the keys of which a sentence has one if the part is in it. */
interface Element {
  readonly source: string;
  readonly keys?: readonly string[]; // missing: the part may be missing, or be any word
}

/** The keys of the part whose shortest word is longest: short words are in most sentences. */
function mostTelling(elements: readonly Element[]): readonly string[] | undefined {
  const shortest = ({ keys = [] }: Element) => Math.min(...keys.map(({ length }) => length));
  return elements.filter(({ keys }) => keys).toSorted((a, b) => shortest(b) - shortest(a))[0]?.keys;
}

function elementOf(element: string, hasSpaces: boolean, phrase: Phrase): Element {
  if (element === '^' || element === '$') return { source: element };
  if (element === '...') {
    return { source: hasSpaces ? String.raw`(?:\S+ ){0,${MOST_BETWEEN_WORDS}}?` : `.{0,${MOST_BETWEEN_LETTERS}}?` };
  }
  const unwanted = /^!(.+)$/.exec(element)?.[1];
  if (unwanted !== undefined) {
    return {
      source: `(?!${elementOf(unwanted, hasSpaces, phrase).source})${elementOf('*', hasSpaces, phrase).source}`,
    };
  }
  const { wanted, excepted } = /^(?<wanted>[^(!]+)!(?<excepted>.+)$/.exec(element)?.groups ?? {};
  if (wanted !== undefined && excepted !== undefined) {
    const inner = elementOf(wanted, hasSpaces, phrase);
    return { ...inner, source: `(?!${elementOf(excepted, hasSpaces, phrase).source})${inner.source}` };
  }
  const optional = /^\((.+)\)$/.exec(element)?.[1];
  const choices = (optional ?? element)
    .split('/')
    .map((choice) => choiceOf(choice, hasSpaces, phrase))
    .toSorted((a, b) => b.source.length - a.source.length); // the longest of those that begin alike
  const end = hasSpaces ? ' ' : '';
  const source = `(?:${choices.map((choice) => choice.source + end).join('|')})${optional === undefined ? '' : '?'}`;
  const isFixed = optional === undefined && choices.every(({ isFixed }) => isFixed);
  return { source, ...(isFixed && { keys: choices.map((choice) => keyOf(choice.source, hasSpaces)) }) };
}

function choiceOf(
  choice: string,
  hasSpaces: boolean,
  phrase: Phrase,
): { readonly source: string; readonly isFixed: boolean } {
  if (choice === '*') return { source: hasSpaces ? String.raw`\S+` : '.', isFixed: false };
  const signs = /^(?<before>\*?)(?<words>[\p{L}\p{N}\p{M}_'ー々〇]+|#)(?<after>\*?)$/u.exec(choice)?.groups;
  if (!signs) throw new SyntaxError(`Cannot read the phrase “${phrase}”: “${choice}” is no word of it`);
  const { before, words = '', after } = signs;
  if (words === '#') return { source: hasSpaces ? String.raw`\d+\p{L}{0,2}` : String.raw`\d+`, isFixed: false };
  const { joined } = wordsOf(words.replaceAll('_', ' '), hasSpaces);
  const any = hasSpaces ? String.raw`\S*` : '.*';
  return { source: `${before ? any : ''}${joined.trim()}${after ? any : ''}`, isFixed: !before && !after };
}
