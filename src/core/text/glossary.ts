import type { MeetingRecord } from '../record.ts';
import type { FinalSegment, TranscriptSegment, TranslationSegment } from '../segment.ts';
import type { Glossary, Term } from '../settings.ts';
import { nearest } from './language.ts';
import { Terms } from './terms.ts';

/**
 * Replaces a server's terms in a text: whole words only, the longest term first, nothing twice.
 *
 * Replacements are not searched again, so terms that name each other cause no circle.
 *
 * @param language - of the text
 */
export function inOwnWords(text: string, language: string, glossary: Glossary): string {
  if (glossary.length === 0) return text;
  return termsOf(glossary).replaceIn(text.normalize('NFC'), (term) => translationOf(term, language) ?? term.written);
}

/** The segment with the server's terms replaced. What somebody has corrected stays as they wrote it. */
export function segmentInOwnWords<T extends TranscriptSegment | FinalSegment | TranslationSegment>(
  segment: T,
  glossary: Glossary,
): T {
  if (segment.kind === 'final' && segment.corrected) return segment;
  const text = inOwnWords(segment.text, segment.language, glossary);
  return text === segment.text ? segment : { ...segment, text };
}

/** A record, or a part of one, as people are to see it. */
export function recordInOwnWords<T extends Pick<MeetingRecord, 'finals' | 'translations'>>(
  record: T,
  glossary: Glossary,
): T {
  return {
    ...record,
    finals: record.finals.map((final) => segmentInOwnWords(final, glossary)),
    translations: record.translations.map((translation) => segmentInOwnWords(translation, glossary)),
  };
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
  // The written form matches, too: another language may have another word for it.
  for (const term of glossary) terms.add(term.heard.length > 0 ? term.written : term.written.toLowerCase(), term);
  kept.set(glossary, terms);
  return terms;
}
