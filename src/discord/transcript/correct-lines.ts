import type { ShownCorrection } from '../../core/correcting/correction.ts';
import { escapeInline, escapeLineStart } from '../formatting/escape.ts';
import { splitAtWords } from '../formatting/split.ts';
import type { Line } from './outbox/line.ts';

/** Fewer characters of a corrected text than this are not worth showing without the rest. */
const LEAST_SHOWN = 20;
const CUT = ' …';
/** A backslash before what would begin a heading or a list. */
const ESCAPE_ROOM = 1;

/** The lines of one utterance, as whoever shows them can change them. */
export interface LineChanges {
  /** How many characters its message has left when `newLine` is in the place of `line`; less than none: too many. */
  roomOf(line: Line, newLine: Line): number;
  replace(line: Line, newLine: Line): void;
  remove(line: Line): void;
}

/**
 * Puts a corrected text where an utterance is: as much as has room in its first line, the rest in those after it. No line
 * is added, as it would stand behind later ones. Translations stay, marked as of the original.
 *
 * @param lines - the utterance's, in their order
 */
export function correctLines(
  lines: readonly Line[],
  text: string,
  changes: LineChanges,
): Extract<ShownCorrection, 'shown' | 'cut' | 'no room'> {
  const texts = lines.filter((line) => line.text !== '');
  let rest = escapeInline(text);
  const [first] = texts;
  if (!first || roomFor(first, changes) < Math.min(LEAST_SHOWN, rest.length)) return 'no room';
  for (const [index, line] of texts.entries()) {
    const isLast = index === texts.length - 1;
    const piece = pieceFor(rest, roomFor(line, changes), isLast);
    rest = rest.slice(piece.taken).trimStart();
    if (piece.shown === '' && line.translations.size === 0) changes.remove(line);
    else changes.replace(line, { ...line, text: piece.shown, state: 'corrected' });
  }
  for (const line of lines) if (line.text === '') markTranslations(line, changes);
  return rest === '' ? 'shown' : 'cut';
}

/** How long a corrected text may be in the place of this line. */
function roomFor(line: Line, { roomOf }: LineChanges): number {
  const shortest = { ...line, text: 'x', state: 'corrected' } as const; // a line without text has another head
  return roomOf(line, shortest) + shortest.text.length - ESCAPE_ROOM;
}

interface TextPiece {
  readonly shown: string; // escaped; empty: nothing is left, or there is no room
  readonly taken: number; // characters of the rest
}

function pieceFor(rest: string, room: number, isLast: boolean): TextPiece {
  if (rest.length <= room) return { shown: escapeLineStart(rest), taken: rest.length };
  const [piece = ''] = room > CUT.length ? splitAtWords(rest, isLast ? room - CUT.length : room) : [];
  return { shown: isLast && piece !== '' ? escapeLineStart(piece) + CUT : escapeLineStart(piece), taken: piece.length };
}

function markTranslations(line: Line, changes: LineChanges): void {
  const newLine = { ...line, state: 'corrected' } as const;
  if (changes.roomOf(line, newLine) >= 0) changes.replace(line, newLine);
}
