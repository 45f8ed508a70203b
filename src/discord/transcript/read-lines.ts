import { doubtMarks } from '../formatting/doubt-mark.ts';
import { GROWING, type LineState } from './line.ts';

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

interface Said {
  readonly kind: 'notice';
  readonly text: string;
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
export function piecesIn(content: string, above?: Head): readonly (Piece | Said)[] | undefined {
  const pieces: (Piece | Said)[] = [];
  let head = above;
  let isFresh = false; // nothing stands under the head yet
  for (const row of content.split('\n')) {
    const [, name, atS] = /^\*\*(.+)\*\* · <t:(\d+):T>$/.exec(row) ?? [];
    const [, language, translation] = /^> \*\*(\S+)\*\* · (.*)$/.exec(row) ?? [];
    if (row.startsWith('ℹ️ ')) {
      pieces.push({ kind: 'notice', text: row.slice('ℹ️ '.length) });
      head = undefined;
    } else if (name !== undefined && atS !== undefined) {
      head = { name, atS: Number(atS) };
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

function markedText(row: string): Pick<Piece, 'text' | 'state' | 'mark'> {
  const mark = [GROWING, ...doubtMarks()].find((mark) => row.endsWith(mark));
  if (mark === undefined) return { text: row, state: 'final', mark: '' };
  return { text: row.slice(0, -mark.length), state: mark === GROWING ? 'growing' : 'unconfirmed', mark };
}
