import type { FinalSegment, TranscriptSegment, TranslationSegment } from './segment.ts';

/** A word or name that the recogniser does not know, and how a server wants it written. */
export interface Term {
  readonly written: string;
  /** What it is heard as. All small letters: in any case; with a capital: only so. Empty: as it is written, in any case. */
  readonly heard: readonly string[];
  readonly translations: Readonly<Record<string, string>>; // by ISO 639-1 code, where it is another word there
}

export type Glossary = readonly Term[];

/**
 * A text with the server's terms put in: whole words only, the longest first, nothing twice.
 *
 * What is put in is never looked through again, so terms that name each other do not go round in circles.
 *
 * @param language - of the text
 */
export function inOwnWords(text: string, language: string, glossary: Glossary): string {
  if (glossary.length === 0) return text;
  const { pattern, termOf } = compiled(glossary);
  return text.normalize('NFC').replaceAll(pattern, (found) => {
    const term = termOf(found);
    return term === undefined ? found : (translationOf(term, language) ?? term.written);
  });
}

/** The same segment in the server's words. */
export function segmentInOwnWords<T extends TranscriptSegment | FinalSegment | TranslationSegment>(
  segment: T,
  glossary: Glossary,
): T {
  const text = inOwnWords(segment.text, segment.language, glossary);
  return text === segment.text ? segment : { ...segment, text };
}

function translationOf({ translations }: Term, language: string): string | undefined {
  const wanted = language.toLowerCase();
  return translations[wanted] ?? translations[wanted.split('-')[0] ?? wanted];
}

interface Compiled {
  readonly pattern: RegExp;
  termOf(found: string): Term | undefined;
}

const kept = new WeakMap<Glossary, Compiled>(); // a glossary is applied to every line of a meeting

function compiled(glossary: Glossary): Compiled {
  const before = kept.get(glossary);
  if (before) return before;
  const exact = new Map<string, Term>();
  const folded = new Map<string, Term>();
  const add = (form: string, term: Term) => {
    const key = spaced(form.normalize('NFC'));
    const forms = key === key.toLowerCase() ? folded : exact;
    if (key !== '' && !forms.has(key)) forms.set(key, term);
  };
  for (const term of glossary) for (const heard of term.heard) add(heard, term);
  // As it is written it counts, too: in another language it may have to become another word.
  for (const term of glossary) add(term.heard.length > 0 ? term.written : term.written.toLowerCase(), term);
  const alternatives = [...folded.keys(), ...exact.keys()]
    .toSorted((a, b) => b.length - a.length)
    .map((form) => (folded.has(form) ? `(?i:${whole(form)})` : whole(form)));
  const made: Compiled = {
    pattern: new RegExp(alternatives.length > 0 ? alternatives.join('|') : '(?!)', 'gu'),
    termOf: (found) => {
      const form = spaced(found);
      return exact.get(form) ?? folded.get(form.toLowerCase());
    },
  };
  kept.set(glossary, made);
  return made;
}

function spaced(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

/** Scripts that put no spaces between words: there a term may begin and end anywhere. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const IN_A_WORD = String.raw`[\p{L}\p{N}\p{M}_]`;

/** A form as a whole word: what stands before and behind it belongs to another one. */
function whole(form: string): string {
  const escaped = form.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`).replaceAll(' ', String.raw`\s+`);
  const [first = '', last = ''] = [[...form][0], [...form].at(-1)];
  const begins = isWordCharacter(first) ? `(?<!${IN_A_WORD})` : '';
  const ends = isWordCharacter(last) ? `(?!${IN_A_WORD})` : '';
  return `${begins}${escaped}${ends}`;
}

function isWordCharacter(character: string): boolean {
  return /[\p{L}\p{N}\p{M}_]/u.test(character) && !UNSPACED.test(character);
}
