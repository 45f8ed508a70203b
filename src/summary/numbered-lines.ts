import { namesIn } from '../core/names.ts';
import type { MeetingRecord } from '../core/record.ts';

/** What was said, numbered from 1 on, in parts that a model takes at once. */
export interface NumberedLines {
  readonly parts: readonly string[];
  /** The utterance of a number; `undefined` when there is none: models make numbers up. */
  utteranceOf(line: number): string | undefined;
}

/** @param maxChars - of a part; a longer line is a part of its own */
export function numberLines(record: MeetingRecord, maxChars: number): NumberedLines {
  const names = namesIn(record, (id) => `Speaker ${id.slice(-4)}`);
  const said = record.finals.filter(({ text }) => onOneLine(text) !== '').toSorted((a, b) => a.startMs - b.startMs);
  const parts: string[] = [];
  let part = '';
  for (const [index, { speakerId, text }] of said.entries()) {
    // A name ends at the first colon, and only we write numbers in brackets.
    const name = onOneLine((names.get(speakerId) ?? '').replaceAll(/[[\]:]/g, ' ')) || `Speaker ${speakerId.slice(-4)}`;
    const line = `[${index + 1}] ${name}: ${onOneLine(text)}\n`;
    if (part !== '' && part.length + line.length > maxChars) {
      parts.push(part);
      part = '';
    }
    part += line;
  }
  return {
    parts: part === '' ? parts : [...parts, part],
    utteranceOf: (line) => said[line - 1]?.utteranceId,
  };
}

/** Nobody may begin a line of their own within what they say. */
export function onOneLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim();
}
