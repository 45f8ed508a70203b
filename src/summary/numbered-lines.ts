import type { MeetingRecord } from '../core/record.ts';
import { namesIn } from '../core/text/names.ts';
import type { Participant } from './owners.ts';

/** What was said, numbered from 1 on, in parts that a model takes at once. */
export interface NumberedLines {
  readonly parts: readonly string[];
  /** The utterance of a number; `undefined` when there is none: models make numbers up. */
  utteranceOf(line: number): string | undefined;
  readonly count: number;
  readonly people: readonly Participant[];
}

/** @param maxChars - of a part; a longer line is a part of its own */
export function numberLines(record: MeetingRecord, maxChars: number): NumberedLines {
  const unknown = (id: string) => `Speaker ${id.slice(-4)}`;
  const shown = namesIn(record, unknown);
  // A name ends at the first colon, and only we write numbers in brackets: names that are alike without these are told apart as well.
  const attendance = record.attendance.map((stay) => ({ ...stay, displayName: asLineStart(stay.displayName) }));
  const names = namesIn({ ...record, attendance }, unknown);
  const said = record.finals.filter(({ text }) => onOneLine(text) !== '').toSorted((a, b) => a.startMs - b.startMs);
  const parts: string[] = [];
  let part = '';
  for (const [index, { speakerId, text }] of said.entries()) {
    const line = `[${index + 1}] ${names.get(speakerId) ?? unknown(speakerId)}: ${onOneLine(text)}\n`;
    if (part !== '' && part.length + line.length > maxChars) {
      parts.push(part);
      part = '';
    }
    part += line;
  }
  return {
    parts: part === '' ? parts : [...parts, part],
    utteranceOf: (line) => said[line - 1]?.utteranceId,
    count: said.length,
    people: [...names].map(([id, name]) => ({ name, shownAs: shown.get(id) ?? name })),
  };
}

function asLineStart(name: string): string {
  return onOneLine(name.replaceAll(/[[\]:]/g, ' '));
}

/** Nobody may begin a line of their own within what they say. */
export function onOneLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim();
}
