import type { SpeakerId } from '../core/ids.ts';
import { isSeen, oneLine } from '../core/plain-text.ts';
import type { MeetingRecord } from '../core/record.ts';
import { type Words, wordsFor } from '../i18n/words.ts';

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
    names.set(id, isSeen(name) ? oneLine(name) : words.t('document.unknownSpeaker', { id: id.slice(-4) }));
  return apart(
    apart(names, (id) => id.slice(-4)),
    (id) => id,
  );
}

/** Adds a mark to names that several people have. */
function apart(names: ReadonlyMap<SpeakerId, string>, mark: (id: SpeakerId) => string): Map<SpeakerId, string> {
  const bearers = Map.groupBy(names.values(), (name) => name);
  return new Map(
    [...names].map(([id, name]) => [id, (bearers.get(name)?.length ?? 0) > 1 ? `${name} (${mark(id)})` : name]),
  );
}
