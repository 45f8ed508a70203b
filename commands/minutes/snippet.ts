import { escapeInline } from '../../src/discord/formatting/escape.ts';

type Match = { readonly start: number; readonly end: number };

const BEFORE = 40; // characters shown before the first match, as context
const LONGEST = 160;

/**
 * A piece of the text around the first match, with all matches in bold, safe to post.
 *
 * @param matches - in order, without overlaps
 */
export function snippetOf(text: string, matches: readonly Match[]): string {
  const first = matches[0] ?? { start: 0, end: 0 };
  const from = first.start <= BEFORE ? 0 : wordStart(text, first.start - BEFORE, first.start);
  const to = text.length - from <= LONGEST ? text.length : wordEnd(text, from + LONGEST, first.end);
  let shown = from > 0 ? '…' : '';
  let at = from;
  for (const { start, end } of matches) {
    if (end > to) break;
    shown += `${plain(text.slice(at, start))}**${escapeInline(text.slice(start, end))}**`;
    at = end;
  }
  return `${shown}${plain(text.slice(at, to))}${to < text.length ? '…' : ''}`;
}

/** Escapes a part of a sentence, and keeps the spaces at its ends, which escaping would remove. */
function plain(text: string): string {
  const inner = escapeInline(text);
  if (inner === '') return text === '' ? '' : ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${inner}${/\s$/.test(text) ? ' ' : ''}`;
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
