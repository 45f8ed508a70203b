/** What the reader looks for. */
export interface Search {
  readonly query: string;
  readonly now?: string; // the line that they went to
  readonly onlyFound: boolean;
}

/** What a reader can do who looks for something. */
export interface SearchActs {
  lookFor(change: Partial<Search>): void;
  closeSearch(): void;
  goToFound(step: 1 | -1): void;
}

/** A line in which words are looked for. */
export interface Searched {
  readonly id: string;
  readonly text: string;
  readonly original?: { readonly text: string }; // as it was spoken, when the text is a translation
}

/** A part of a text, and whether it is what was looked for. */
export interface Part {
  readonly text: string;
  readonly isFound: boolean;
}

interface Folded {
  readonly text: string;
  readonly places: readonly number[]; // in the original text, of each character
}

/** Accents, and the vowel signs that Arabic and Hebrew mostly leave out. */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]/g;
const known = new WeakMap<Searched, readonly string[]>();

/** The lines that contain what is looked for: in their text, in the text as it was spoken, or as the name of whoever speaks. */
export function linesWith<Line extends Searched>(
  query: string,
  lines: readonly Line[],
  nameOf: (line: Line) => string,
): readonly Line[] {
  const wanted = fold(query.trim()).text;
  if (wanted === '') return [];
  const names = new Map<string, boolean>();
  const isNamed = (name: string) => {
    const isFound = names.get(name) ?? fold(name).text.includes(wanted);
    names.set(name, isFound);
    return isFound;
  };
  return lines.filter((line) => textsOf(line).some((text) => text.includes(wanted)) || isNamed(nameOf(line)));
}

/** A text in parts, so that what is looked for can be marked. */
export function partsOf(text: string, query: string): Part[] {
  const wanted = fold(query.trim()).text;
  if (wanted === '') return [{ text, isFound: false }];
  const { text: folded, places } = fold(text);
  const parts: Part[] = [];
  let end = 0;
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    const from = places[at] ?? 0;
    const until = places[at + wanted.length] ?? text.length;
    if (from > end) parts.push({ text: text.slice(end, from), isFound: false });
    parts.push({ text: text.slice(from, until), isFound: true });
    end = until;
  }
  if (end < text.length || parts.length === 0) parts.push({ text: text.slice(end), isFound: false });
  return parts;
}

/**
 * The line to go to among those that were found, round and round.
 *
 * @param now - where the reader is
 * @param first - where to begin when that is not among them (any more): a place, counted from the end when it is negative
 */
export function nextFound(
  found: readonly Searched[],
  now: string | undefined,
  step: 1 | -1,
  first = -1,
): string | undefined {
  const place = found.findIndex(({ id }) => id === now);
  if (place < 0) return found.at(first)?.id;
  return found.at((place + step) % found.length)?.id;
}

function textsOf(line: Searched): readonly string[] {
  const before = known.get(line);
  if (before) return before;
  const texts = [line.text, line.original?.text ?? ''].map((text) => fold(text).text);
  known.set(line, texts);
  return texts;
}

/** Without accents and capital letters. */
function fold(text: string): Folded {
  let folded = '';
  const places: number[] = [];
  let place = 0;
  for (const character of text) {
    const plain = character.normalize('NFKD').replaceAll(MARKS, '').toLowerCase();
    for (let index = 0; index < plain.length; index++) places.push(place);
    folded += plain;
    place += character.length;
  }
  return { text: folded, places };
}
