/**
 * Control characters (C0 and C1), line separators, those that turn the direction of everything after them around, and
 * characters that Unicode says are none: XML, and with it Word and SVG, cannot hold them.
 */
const UNPRINTABLE = /[\p{Cc}\p{Noncharacter_Code_Point}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
/** Invisible: format characters, and blanks that count as letters or symbols (Hangul fillers, the empty Braille sign). */
const BLANK = /[\p{Cf}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u115f\u1160\u2800\u3164\uffa0]/gu;

/** A text or name on one line: whole characters, single spaces, nothing that a document cannot contain. */
export function oneLine(text: string): string {
  return onOneLine(text).trim();
}

/** The same for part of a line: a space at its beginning or end stays. */
export function onOneLine(part: string): string {
  return part.toWellFormed().replaceAll(UNPRINTABLE, ' ').replaceAll(/\s+/g, ' ');
}

/** Whether a reader sees anything of a text: a name may consist of invisible characters. */
export function isSeen(text: string): boolean {
  return oneLine(text).replaceAll(BLANK, '') !== '';
}

/** Changes a text and keeps its outer white space, as spaces: XML does not accept every kind of white space. */
export function withItsEnds(text: string, change: (inside: string) => string): string {
  const before = text.length - text.trimStart().length;
  const until = Math.max(before, text.trimEnd().length);
  return `${' '.repeat(before)}${change(text.slice(before, until))}${' '.repeat(text.length - until)}`;
}
