import { type LineMarks, markBehind } from '../formatting/line-marks.ts';
import { type BotSentence, GROWING, type LineState } from './outbox/line.ts';

/** The head of a line: who spoke, and when. */
const HEAD = /^\*\*(.+)\*\* · <t:(\d+):T>$/;
const TRANSLATION = /^> \*\*(\S+)\*\* · (.*)$/;
const NOTICE = 'ℹ️ ';

/** A row of somebody's words in a message; all texts are escaped. */
export interface Piece {
  readonly kind: 'piece';
  readonly name: string;
  readonly atS: number;
  readonly hasHead: boolean; // of its own; without one it is under the head of the row before
  readonly text: string;
  readonly state: LineState;
  readonly marks: Partial<LineMarks>; // those that stand in it, as they are written there
  readonly translations: Map<string, string>;
}

interface Head {
  readonly name: string;
  readonly atS: number;
}

/**
 * Reads a message back that `render` made; `undefined` when something else made it.
 *
 * @param above - the content of the head, when the message is under its speaker's own name
 */
export function piecesIn(content: string, above?: Head): readonly (Piece | BotSentence)[] | undefined {
  const pieces: (Piece | BotSentence)[] = [];
  let head = above;
  let isFresh = false; // no row is under this head yet
  for (const row of content.split('\n')) {
    const ownHead = headIn(row);
    const [, language, translation] = TRANSLATION.exec(row) ?? [];
    if (row.startsWith(NOTICE)) {
      pieces.push({ kind: 'sentence', text: row.slice(NOTICE.length) });
      head = undefined;
    } else if (ownHead) {
      head = ownHead;
      isFresh = true;
    } else if (head === undefined) return undefined;
    else if (language !== undefined && translation !== undefined) {
      if (isFresh)
        pieces.push({
          ...head,
          kind: 'piece',
          hasHead: true,
          text: '',
          state: 'final',
          marks: {},
          translations: new Map(),
        });
      isFresh = false;
      const last = pieces.at(-1);
      if (last?.kind === 'piece') pieces.splice(-1, 1, withTranslation(last, language, translation));
    } else {
      pieces.push({ ...head, kind: 'piece', hasHead: isFresh, ...markedText(row), translations: new Map() });
      isFresh = false;
    }
  }
  return pieces;
}

function headIn(row: string): Head | undefined {
  const [, name, atS] = HEAD.exec(row) ?? [];
  return name === undefined ? undefined : { name, atS: Number(atS) };
}

function markedText(row: string): Pick<Piece, 'text' | 'state' | 'marks'> {
  if (row.endsWith(GROWING)) return { text: row.slice(0, -GROWING.length), state: 'growing', marks: {} };
  const behind = markBehind(row);
  if (!behind) return { text: row, state: 'final', marks: {} };
  const { kind, mark } = behind;
  return { text: row.slice(0, -mark.length), state: kind, marks: { [kind]: mark } };
}

/** A translation with a mark shows that its line was corrected, also where the line itself is elsewhere. */
function withTranslation(piece: Piece, language: string, row: string): Piece {
  const behind = markBehind(row);
  if (behind?.kind !== 'ofOriginal') return { ...piece, translations: new Map(piece.translations).set(language, row) };
  return {
    ...piece,
    state: 'corrected',
    marks: { ...piece.marks, ofOriginal: behind.mark },
    translations: new Map(piece.translations).set(language, row.slice(0, -behind.mark.length)),
  };
}

/** Whether a message tells who spoke which line. */
export function hasHeads(content: string): boolean {
  return content.split('\n').some((row) => headIn(row) !== undefined);
}

/**
 * Takes the lines of one person out of a transcript message, and leaves all others as they are.
 *
 * @param isTheirs - whether a head is theirs; the name is as people see it, escaped
 */
export function withoutLines(content: string, isTheirs: (name: string, atS: number) => boolean): string {
  const kept: string[] = [];
  let isKept = true;
  for (const row of content.split('\n')) {
    const head = headIn(row);
    if (head) isKept = !isTheirs(head.name, head.atS);
    else if (row.startsWith(NOTICE)) isKept = true;
    if (isKept) kept.push(row);
  }
  return kept.join('\n').trim();
}

/**
 * Takes the bot's sentences that contain one of these names out of a message.
 *
 * @param names - as people see them, escaped
 */
export function withoutRemarks(content: string, names: readonly string[]): string {
  const isKept = (row: string) => !row.startsWith(NOTICE) || !names.some((name) => row.includes(name));
  return content.split('\n').filter(isKept).join('\n').trim();
}
