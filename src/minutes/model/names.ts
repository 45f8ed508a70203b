import type { SpeakerId } from '../../core/ids.ts';
import type { MeetingRecord } from '../../core/record.ts';
import { namesIn } from '../../core/text/names.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';

/** The name in the minutes of everybody who appears in a meeting. */
export function nameEverybody(record: MeetingRecord, words: Words = wordsFor('en-US')): ReadonlyMap<SpeakerId, string> {
  return namesIn(record, (id) => words.t('document.unknownSpeaker', { id: id.slice(-4) }));
}
