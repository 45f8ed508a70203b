import type { MeetingRecord } from '../core/record.ts';
import { namesIn } from '../core/text/names.ts';
import type { Participant } from './owners.ts';

/** The spoken lines of a meeting, numbered from 1, in parts that fit into one request. */
export interface NumberedLines {
  readonly parts: readonly string[];
  /** The id of the utterance with a line number. `undefined` when there is none, as models invent numbers. */
  utteranceOf(line: number): string | undefined;
  readonly count: number;
  readonly people: readonly Participant[];
}

/**
 * Numbers the lines of a meeting.
 *
 * @param maxChars - per part; a longer line gets a part to itself
 * @param first - the number of the first line, where lines of other meetings come before
 */
export function numberLines(record: MeetingRecord, maxChars: number, first = 1): NumberedLines {
  const unknown = (id: string) => `Speaker ${id.slice(-4)}`;
  const shown = namesIn(record, unknown);
  // In a line the name ends at the first colon, and a number in brackets begins it. So names lose colons and brackets,
  // and names
  // that become equal that way are made different again.
  const attendance = record.attendance.map((stay) => ({ ...stay, displayName: asLineStart(stay.displayName) }));
  const names = namesIn({ ...record, attendance }, unknown);
  const said = record.finals.filter(({ text }) => onOneLine(text) !== '').toSorted((a, b) => a.startMs - b.startMs);
  const parts: string[] = [];
  let part = '';
  for (const [index, { speakerId, text }] of said.entries()) {
    const line = `[${index + first}] ${names.get(speakerId) ?? unknown(speakerId)}: ${onOneLine(text)}\n`;
    if (part !== '' && part.length + line.length > maxChars) {
      parts.push(part);
      part = '';
    }
    part += line;
  }
  return {
    parts: part === '' ? parts : [...parts, part],
    utteranceOf: (line) => said[line - first]?.utteranceId,
    count: said.length,
    people: [...names].map(([id, name]) => ({ name, shownAs: shown.get(id) ?? name })),
  };
}

function asLineStart(name: string): string {
  return onOneLine(name.replaceAll(/[[\]:]/g, ' '));
}

/** The text on one line, so that nobody's words can imitate a line of somebody else. */
export function onOneLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim();
}
