import type { MeetingRecord } from '../../core/record.ts';
import { oneLine } from '../../core/text/plain-text.ts';

const PLAIN = /^[a-z0-9-]{1,35}$/i;
const LONGEST = 35; // of a code with all its parts
const UNKNOWN = 'und'; // ISO 639's own word for it

/** The record with language codes that may stand in any document: it is the recogniser that names languages, and nobody checks. */
export function withPlainLanguages(record: MeetingRecord): MeetingRecord {
  const { finals, translations } = record;
  if ([...finals, ...translations].every(({ language }) => PLAIN.test(language))) return record;
  return { ...record, finals: finals.map(inPlainLanguage), translations: translations.map(inPlainLanguage) };
}

function inPlainLanguage<T extends { readonly language: string }>(segment: T): T {
  if (PLAIN.test(segment.language)) return segment;
  return { ...segment, language: oneLine(segment.language).slice(0, LONGEST).trim().toWellFormed() || UNKNOWN };
}
