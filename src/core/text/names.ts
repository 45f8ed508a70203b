import type { SpeakerId } from '../ids.ts';
import type { MeetingRecord } from '../record.ts';
import { isSeen, oneLine } from './plain-text.ts';

const NOBODY = 'Somebody';

/**
 * The names by which the people of one meeting are told apart: visible, on one line, and no two alike.
 *
 * The first person with a name keeps it for the whole meeting, even after they leave or change it, as their words are shown
 * under it. People who come later with the same name, or with an invisible one, get the end of their id behind it.
 */
export class Names {
  readonly #bearers = new Map<string, SpeakerId>();

  /** @param asked - the name that Discord shows, or that an earlier process gave them */
  nameOf(id: SpeakerId, asked: string): string {
    const plain = isSeen(asked) ? oneLine(asked) : NOBODY;
    const marked = [`${plain} (${id.slice(-4)})`, `${plain} (${id})`];
    const wanted = plain === NOBODY ? marked : [plain, ...marked];
    // With their id twice it is longer than a name that anybody can choose.
    const name = wanted.find((one) => (this.#bearers.get(keyOf(one)) ?? id) === id) ?? `${plain} (${id}) (${id})`;
    this.#bearers.set(keyOf(name), id);
    return name;
  }
}

/**
 * The names of everybody who appears in a meeting: their latest names, and no two alike.
 *
 * @param unknown - names people who spoke without being seen in the channel, or whose name is invisible; the default is that of `Names`
 */
export function namesIn(
  record: Pick<MeetingRecord, 'attendance' | 'finals' | 'translations' | 'gaps'>,
  unknown = (id: SpeakerId) => `${NOBODY} (${id.slice(-4)})`,
): ReadonlyMap<SpeakerId, string> {
  const names = new Map<SpeakerId, string>();
  const stays = record.attendance.toSorted((a, b) => a.joinedMs - b.joinedMs);
  for (const { speakerId, displayName } of stays) names.set(speakerId, displayName);
  for (const { speakerId } of [...record.finals, ...record.translations, ...record.gaps]) {
    if (speakerId !== undefined && !names.has(speakerId)) names.set(speakerId, '');
  }
  for (const [id, name] of names) names.set(id, isSeen(name) ? oneLine(name) : unknown(id));
  return apart(
    apart(names, (id) => id.slice(-4)),
    (id) => id,
  );
}

/** Adds a mark to names that several people share. */
function apart(names: ReadonlyMap<SpeakerId, string>, mark: (id: SpeakerId) => string): Map<SpeakerId, string> {
  const bearers = Map.groupBy(names.values(), keyOf);
  return new Map(
    [...names].map(([id, name]) => [id, (bearers.get(keyOf(name))?.length ?? 0) > 1 ? `${name} (${mark(id)})` : name]),
  );
}

/** Names that look alike have the same key: case, widths and invisible characters do not tell people apart. */
function keyOf(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}\s]/gu, '');
}
