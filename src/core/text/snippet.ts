interface Match {
  readonly start: number;
  readonly end: number;
}

/** A part of a snippet, in its order. */
export interface SnippetPart {
  readonly text: string;
  readonly isMatch: boolean;
}

const BEFORE = 40; // characters shown before the first match, as context
const LONGEST = 160;

/**
 * A piece of a text around its first match: parts that match, and those between. Where something is left out there is an ellipsis.
 *
 * @param matches - in order, without overlaps
 */
export function snippetOf(text: string, matches: readonly Match[]): readonly SnippetPart[] {
  const first = matches[0] ?? { start: 0, end: 0 };
  const from = first.start <= BEFORE ? 0 : wordStart(text, first.start - BEFORE, first.start);
  const to = text.length - from <= LONGEST ? text.length : wordEnd(text, from + LONGEST, first.end);
  const parts: SnippetPart[] = from > 0 ? [{ text: '…', isMatch: false }] : [];
  let at = from;
  for (const { start, end } of matches) {
    if (end > to) break;
    parts.push({ text: text.slice(at, start), isMatch: false }, { text: text.slice(start, end), isMatch: true });
    at = end;
  }
  parts.push({ text: text.slice(at, to), isMatch: false });
  if (to < text.length) parts.push({ text: '…', isMatch: false });
  return parts.filter((part) => part.text !== '');
}

/** The first space at or after `index`, but never beyond `limit`; scripts without spaces are cut between characters. */
function wordStart(text: string, index: number, limit: number): number {
  const space = text.indexOf(' ', index);
  return space >= 0 && space < limit ? space + 1 : wholeCharacter(text, index);
}

function wordEnd(text: string, index: number, limit: number): number {
  const space = text.lastIndexOf(' ', index);
  return Math.max(limit, space > limit ? space : wholeCharacter(text, index));
}

/** The index itself, or the one before when it is in the middle of a pair of UTF-16 units. */
function wholeCharacter(text: string, index: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(index)) ? index - 1 : index;
}
