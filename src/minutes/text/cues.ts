import { columnsOf } from '../../core/text/columns.ts';
import { oneLine } from '../../core/text/plain-text.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';
import { joinPieces, type Piece, piecesOf } from '../fonts/line-breaks.ts';
import { shownText } from '../model/in-language.ts';
import type { Line, MinutesModel } from '../model/minutes-model.ts';

// The usual limits of subtitles on television: two lines of 42 letters, shown for at most seven seconds.
export const MAX_COLUMNS = 42;
export const MAX_CUE_MS = 7_000;
const MIN_CUE_MS = 500; // for finals with shorter times: nobody can read faster

/** One caption on the screen: one or two lines that one person said. */
export interface Cue {
  readonly name: string;
  readonly startMs: number; // since the meeting began, a whole number
  readonly endMs: number; // always later than `startMs`
  readonly lines: readonly string[]; // the first line is empty when nothing fits behind the label
}

/**
 * The transcript as captions, ordered by their start.
 *
 * A long utterance becomes several cues. Each gets a share of the utterance's time in proportion to its text, because
 * the times of single words are not known.
 *
 * @param labelOf - the text that the format puts before the first line of a cue
 */
export function cuesOf(model: MinutesModel, labelOf: (name: string) => string): Cue[] {
  const words = wordsFor(model.locale);
  return model.passages
    .flatMap(({ name, lines }) => {
      const labelColumns = columnsOf(labelOf(name));
      return lines.flatMap((line) => cuesOfLine(line, name, labelColumns, words));
    })
    .toSorted((a, b) => a.startMs - b.startMs);
}

function cuesOfLine(line: Line, name: string, labelColumns: number, words: Words): Cue[] {
  const pieces = piecesOf(captionText(line, words), MAX_COLUMNS);
  const startMs = Math.max(0, Math.round(line.startMs));
  const groups = share(pieces, labelColumns, line.endMs - line.startMs);
  const spanMs = Math.max(Math.round(line.endMs) - startMs, groups.length * MIN_CUE_MS);
  const allColumns = widthOf(pieces);
  let columns = 0;
  return groups.map((group) => {
    const beginsMs = startMs + Math.floor((spanMs * columns) / allColumns);
    columns += group.reduce((sum, piece) => sum + spacedWidth(piece), 0);
    const endsMs = Math.max(beginsMs + 1, startMs + Math.floor((spanMs * Math.min(columns, allColumns)) / allColumns));
    const endMs = Math.min(endsMs, beginsMs + MAX_CUE_MS);
    return { name, startMs: beginsMs, endMs, lines: inTwoLines(group, labelColumns) ?? [joinPieces(group)] };
  });
}

/** The text of a caption, with a mark when it is untranslated, corrected or unconfirmed. */
function captionText(line: Line, words: Words): string {
  const { text, language, isUntranslated } = shownText(line);
  const mark = isUntranslated || line.isUntranslated ? `[${words.language(language)}] ` : '';
  const corrected =
    line.corrected && (line.isOfOriginal || line.text === undefined ? 'document.ofOriginal' : 'document.corrected');
  const behind = corrected ?? (line.isConfirmed ? undefined : 'document.unconfirmed');
  return oneLine(`${mark}${text}${behind === undefined ? '' : ` [${words.t(behind)}]`}`);
}

/** Distributes the pieces evenly over as few cues as room and time allow. */
function share(pieces: readonly Piece[], labelColumns: number, durationMs: number): Piece[][] {
  const allColumns = widthOf(pieces);
  const forRoom = Math.ceil(allColumns / (2 * MAX_COLUMNS - labelColumns));
  const evenly = allColumns / Math.max(1, forRoom, Math.ceil(durationMs / MAX_CUE_MS));
  const groups: Piece[][] = [];
  let group: Piece[] = [];
  let used = 0; // columns of the current group
  let columns = 0; // of all pieces so far
  for (const piece of pieces) {
    const fitsOneLine = labelColumns + used + spacedWidth(piece) <= MAX_COLUMNS; // avoids a search for the best break
    const isFull = !fitsOneLine && inTwoLines([...group, piece], labelColumns) === undefined;
    const isDue = columns + piece.columns / 2 > evenly * (groups.length + 1);
    if (group.length > 0 && (isFull || isDue)) {
      groups.push(group);
      [group, used] = [[], 0];
    }
    group.push(piece);
    used += spacedWidth(piece);
    columns += spacedWidth(piece);
  }
  return group.length > 0 ? [...groups, group] : groups;
}

/** The pieces on one line, or on two lines of about equal length. `undefined` when they do not fit. */
function inTwoLines(pieces: readonly Piece[], labelColumns: number): string[] | undefined {
  if (labelColumns + widthOf(pieces) <= MAX_COLUMNS) return [joinPieces(pieces)];
  let best: number | undefined;
  let bestWidth = MAX_COLUMNS + 1;
  const all = pieces.reduce((sum, piece) => sum + spacedWidth(piece), 0);
  let before = 0; // columns of the first line, with the space in front of it
  for (const [at, piece] of pieces.entries()) {
    const first = before === 0 || !pieces[0]?.isSpaced ? before : before - 1;
    const second = all - before - (piece.isSpaced ? 1 : 0);
    const width = Math.max(labelColumns + first, second);
    if ((at > 0 || labelColumns > 0) && width < bestWidth) [best, bestWidth] = [at, width];
    before += spacedWidth(piece);
  }
  return best === undefined ? undefined : [joinPieces(pieces.slice(0, best)), joinPieces(pieces.slice(best))];
}

function widthOf(pieces: readonly Piece[]): number {
  const [first] = pieces;
  const columns = pieces.reduce((sum, piece) => sum + spacedWidth(piece), 0);
  return first?.isSpaced ? columns - 1 : columns;
}

function spacedWidth({ columns, isSpaced }: Piece): number {
  return isSpaced ? columns + 1 : columns;
}
