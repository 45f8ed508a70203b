import type { SpeakerId } from '../core/ids.ts';
import type { MeetingRecord } from '../core/record.ts';
import { type Words, wordsFor } from '../i18n/words.ts';
import { oneLine } from './plain.ts';

/** Characters that show nothing: format characters, and the blanks that count as letters or symbols. */
const BLANK = /[\p{Cf}\p{Z}\p{M}\u115f\u1160\u2800\u3164\uffa0]/gu;

/**
 * What everybody who appears in a meeting is called: by their latest name, and no two people alike.
 *
 * Who spoke without being seen in the channel still gets a name.
 */
export function nameEverybody(record: MeetingRecord, words: Words = wordsFor('en-US')): ReadonlyMap<SpeakerId, string> {
  const names = new Map<SpeakerId, string>();
  const stays = record.attendance.toSorted((a, b) => a.joinedMs - b.joinedMs);
  for (const { speakerId, displayName } of stays) names.set(speakerId, displayName);
  for (const { speakerId } of [...record.finals, ...record.translations, ...record.gaps]) {
    if (speakerId !== undefined && !names.has(speakerId)) names.set(speakerId, '');
  }
  for (const [id, name] of names)
    names.set(id, visible(name) ? oneLine(name) : words.t('document.unknownSpeaker', { id: id.slice(-4) }));
  return apart(
    apart(names, (id) => id.slice(-4)),
    (id) => id,
  );
}

function visible(name: string): boolean {
  return oneLine(name).replaceAll(BLANK, '') !== '';
}

/** Adds a mark to names that several people have. */
function apart(names: ReadonlyMap<SpeakerId, string>, mark: (id: SpeakerId) => string): Map<SpeakerId, string> {
  const bearers = Map.groupBy(names.values(), (name) => name);
  return new Map(
    [...names].map(([id, name]) => [id, (bearers.get(name)?.length ?? 0) > 1 ? `${name} (${mark(id)})` : name]),
  );
}
