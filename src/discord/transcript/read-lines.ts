import { doubtMarks } from '../formatting/doubt-mark.ts';
import { type BotSentence, GROWING, type LineState } from './outbox/line.ts';

/** How a line's head looks: who spoke, and when. */
const HEAD = /^\*\*(.+)\*\* · <t:(\d+):T>$/;
const TRANSLATION = /^> \*\*(\S+)\*\* · (.*)$/;
const NOTICE = 'ℹ️ ';

/** A row of somebody's words as it stands in a message; all texts are escaped. */
export interface Piece {
  readonly kind: 'piece';
  readonly name: string;
  readonly atS: number;
  readonly hasHead: boolean; // its own: else it stands under the one before it
  readonly text: string;
  readonly state: LineState;
  readonly mark: string; // stands behind the text, for its state
  readonly translations: Map<string, string>;
}

interface Head {
  readonly name: string;
  readonly atS: number;
}

/**
 * Reads back what `render` made; `undefined` when it was something else.
 *
 * @param above - what a head would say, where the message stands under its speaker's own name
 */
export function piecesIn(content: string, above?: Head): readonly (Piece | BotSentence)[] | undefined {
  const pieces: (Piece | BotSentence)[] = [];
  let head = above;
  let isFresh = false; // nothing stands under the head yet
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
          mark: '',
          translations: new Map(),
        });
      isFresh = false;
      const last = pieces.at(-1);
      if (last?.kind === 'piece') last.translations.set(language, translation);
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

function markedText(row: string): Pick<Piece, 'text' | 'state' | 'mark'> {
  const mark = [GROWING, ...doubtMarks()].find((mark) => row.endsWith(mark));
  if (mark === undefined) return { text: row, state: 'final', mark: '' };
  return { text: row.slice(0, -mark.length), state: mark === GROWING ? 'growing' : 'unconfirmed', mark };
}

/** Whether lines of a transcript can be told apart in it at all. */
export function hasHeads(content: string): boolean {
  return content.split('\n').some((row) => headIn(row) !== undefined);
}

/**
 * A transcript message without what one person said in it; what was not theirs stays as it is.
 *
 * @param isTheirs - whether what stands under a head is theirs; the name is as it was shown, escaped
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

/** A transcript message without the bot's own remarks in which one of these names stands; names as they are shown, escaped. */
export function withoutRemarks(content: string, names: readonly string[]): string {
  const isKept = (row: string) => !row.startsWith(NOTICE) || !names.some((name) => row.includes(name));
  return content.split('\n').filter(isKept).join('\n').trim();
}
