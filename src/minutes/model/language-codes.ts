import type { MeetingRecord } from '../../core/record.ts';
import { oneLine } from '../../core/text/plain-text.ts';

const PLAIN = /^[a-z0-9-]{1,35}$/i;
const LONGEST = 35; // characters: a language code with all its subtags
const UNKNOWN = 'und'; // the ISO 639 code for an undetermined language

/**
 * The record with language codes that are safe in any document. They come from the recogniser, and nothing has checked
 * them yet.
 */
export function withPlainLanguages(record: MeetingRecord): MeetingRecord {
  const { finals, translations } = record;
  if ([...finals, ...translations].every(({ language }) => PLAIN.test(language))) return record;
  return { ...record, finals: finals.map(inPlainLanguage), translations: translations.map(inPlainLanguage) };
}

function inPlainLanguage<T extends { readonly language: string }>(segment: T): T {
  if (PLAIN.test(segment.language)) return segment;
  return { ...segment, language: oneLine(segment.language).slice(0, LONGEST).trim().toWellFormed() || UNKNOWN };
}
