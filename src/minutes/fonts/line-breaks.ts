import { columnsOf } from '../../core/text/columns.ts';

/** A part of a text that stays on one line. */
export interface Piece {
  readonly text: string;
  readonly columns: number;
  readonly isSpaced: boolean; // a space precedes it, unless it begins a line
}

/** Scripts without spaces between words, where a line may break between any two words. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\u3000-\u303f\uff00-\uffef]/u;
const OPENING = /^[\p{Ps}\p{Pi}]$/u;
const SYMBOL = /^\p{S}/u;
const WORDS = new Intl.Segmenter(undefined, { granularity: 'word' });
const CHARACTERS = new Intl.Segmenter();

/**
 * Divides a text at the points where a line may break.
 *
 * @param maxColumns - a longer piece, such as a web address, is divided between any two characters
 */
export function piecesOf(text: string, maxColumns: number): Piece[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .flatMap((word) => {
      const parts = UNSPACED.test(word) ? wordsWithin(word) : [word];
      return parts.flatMap((part) => cut(part, maxColumns)).map((part, index) => pieceOf(part, index === 0));
    });
}

function pieceOf(text: string, isSpaced: boolean): Piece {
  return { text, columns: Math.max(1, columnsOf(text)), isSpaced };
}

/**
 * Divides text without spaces between two words when at least one of them is in a script without spaces.
 *
 * Punctuation stays with the word before it, and an opening bracket with the word after it.
 */
function wordsWithin(word: string): string[] {
  const parts: string[] = [];
  for (const { segment, isWordLike } of WORDS.segment(word)) {
    const before = parts.at(-1) ?? '';
    const staysWithBefore = !isWordLike && !OPENING.test(segment) && !SYMBOL.test(segment);
    const isOneWord = !UNSPACED.test(lastOf(before)) && !UNSPACED.test(segment);
    if (before !== '' && (staysWithBefore || isOneWord || OPENING.test(lastOf(before)))) {
      parts[parts.length - 1] = before + segment;
    } else parts.push(segment);
  }
  return parts;
}

function lastOf(text: string): string {
  return String.fromCodePoint(text.codePointAt(text.length - 1) ?? 0);
}

function cut(word: string, maxColumns: number): string[] {
  if (columnsOf(word) <= maxColumns) return [word];
  const parts: string[] = [];
  let part = '';
  for (const { segment } of CHARACTERS.segment(word)) {
    if (part !== '' && columnsOf(part + segment) > maxColumns) {
      parts.push(part);
      part = '';
    }
    part += segment;
  }
  return [...parts, part];
}

/** The pieces as one line again. */
export function joinPieces(pieces: readonly Piece[]): string {
  return pieces.map(({ text, isSpaced }, index) => (isSpaced && index > 0 ? ` ${text}` : text)).join('');
}
