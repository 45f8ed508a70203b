/**
 * Control characters (C0 and C1), line separators, those that turn the direction of everything after them around, and
 * characters that Unicode says are none: XML, and with it Word and SVG, cannot hold them.
 */
const UNPRINTABLE = /[\p{Cc}\p{Noncharacter_Code_Point}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
/** Shows nothing: format characters, and the blanks that count as letters or symbols (Hangul fillers, the empty Braille sign). */
const BLANK = /[\p{Cf}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u115f\u1160\u2800\u3164\uffa0]/gu;

/** What somebody said or is called, on one line: whole characters only, single spaces, nothing that a document cannot hold. */
export function oneLine(text: string): string {
  return onOneLine(text).trim();
}

/** The same for a part of a line: the space that it begins or ends with stays. */
export function onOneLine(part: string): string {
  return part.toWellFormed().replaceAll(UNPRINTABLE, ' ').replaceAll(/\s+/g, ' ');
}

/** Whether a reader sees anything of it: a name may consist of what is there and shows nothing. */
export function isSeen(text: string): boolean {
  return oneLine(text).replaceAll(BLANK, '') !== '';
}

/** The text changed, with as many spaces before and behind it as it had white space: of which XML does not take every kind. */
export function withItsEnds(text: string, change: (inside: string) => string): string {
  const before = text.length - text.trimStart().length;
  const until = Math.max(before, text.trimEnd().length);
  return `${' '.repeat(before)}${change(text.slice(before, until))}${' '.repeat(text.length - until)}`;
}
