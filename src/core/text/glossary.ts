import type { FinalSegment, TranscriptSegment, TranslationSegment } from '../segment.ts';
import type { Glossary, Term } from '../settings.ts';
import { nearest } from './language.ts';
import { Terms } from './terms.ts';

/**
 * A text with the server's terms put in: whole words only, the longest first, nothing twice.
 *
 * What is put in is never looked through again, so terms that name each other do not go round in circles.
 *
 * @param language - of the text
 */
export function inOwnWords(text: string, language: string, glossary: Glossary): string {
  if (glossary.length === 0) return text;
  return termsOf(glossary).replaceIn(text.normalize('NFC'), (term) => translationOf(term, language) ?? term.written);
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
  return nearest(language, Object.entries(translations), ([code]) => code)?.[1];
}

const kept = new WeakMap<Glossary, Terms<Term>>(); // a glossary is applied to every line of a meeting

function termsOf(glossary: Glossary): Terms<Term> {
  const before = kept.get(glossary);
  if (before) return before;
  const terms = new Terms<Term>();
  for (const term of glossary) for (const heard of term.heard) terms.add(heard, term);
  // As it is written it counts, too: in another language it may have to become another word.
  for (const term of glossary) terms.add(term.heard.length > 0 ? term.written : term.written.toLowerCase(), term);
  kept.set(glossary, terms);
  return terms;
}
