const LETTER = /\p{L}/u;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u; // Hebrew, Arabic and related scripts
const DIGIT = /\p{Nd}/u;
const WITHIN_NUMBERS = /[.,:/٫٬]/;
const FOLLOWS = /\p{M}|\p{Cf}/u; // takes the direction of the character before it
const MIRRORED: ReadonlyMap<string, string> = new Map(
  ['()', '[]', '{}', '<>', '«»', '‹›'].flatMap(([open = '', close = '']) => [
    [open, close],
    [close, open],
  ]),
);

/** Whether a text is read from right to left, which its first letter decides. */
export function isRightToLeft(text: string): boolean {
  for (const character of text) if (LETTER.test(character)) return RIGHT_TO_LEFT.test(character);
  return false;
}

export function hasRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

/** A part of a line in one direction. A part that runs to the left is never longer than a word. */
export interface Run {
  readonly text: string;
  readonly isRightToLeft: boolean;
}

type Kind = 'left' | 'right' | 'number' | 'neutral';

/**
 * The runs of a line in the order in which they appear on paper, from left to right.
 *
 * Implements the Unicode bidirectional algorithm without explicit controls, which are removed before. Brackets in
 * right-to-left runs are mirrored.
 *
 * @param base - whether the paragraph runs from right to left
 */
export function visualRuns(line: string, base: boolean): Run[] {
  const characters = [...line];
  const levels = levelsOf(kindsOf(characters), base);
  const runs: { text: string; level: number }[] = [];
  for (const [index, character] of characters.entries()) {
    const level = levels[index] ?? 0;
    const last = runs.at(-1);
    // Right-to-left words are drawn one by one, because the shaping of a word does not cross a space.
    const isApart = level % 2 === 1 && (character === ' ' || last?.text === ' ');
    const shown = level % 2 === 1 ? (MIRRORED.get(character) ?? character) : character;
    if (last?.level === level && !isApart) last.text += shown;
    else runs.push({ text: shown, level });
  }
  return reorder(runs).map(({ text, level }) => ({ text, isRightToLeft: level % 2 === 1 }));
}

function kindsOf(characters: readonly string[]): Kind[] {
  const kinds: Kind[] = [];
  for (const [index, character] of characters.entries()) {
    const before = kinds[index - 1] ?? 'neutral';
    if (DIGIT.test(character)) kinds.push('number');
    else if (FOLLOWS.test(character)) kinds.push(before);
    else if (LETTER.test(character)) kinds.push(RIGHT_TO_LEFT.test(character) ? 'right' : 'left');
    else if (WITHIN_NUMBERS.test(character) && before === 'number' && DIGIT.test(characters[index + 1] ?? ''))
      kinds.push('number');
    else kinds.push('neutral');
  }
  return kinds;
}

/**
 * The embedding level of each character: even levels run to the right, odd ones to the left, and higher ones nest in
 * lower ones.
 */
function levelsOf(kinds: readonly Kind[], base: boolean): number[] {
  const around = base ? 'right' : 'left';
  const following = followingKinds(kinds);
  const strong: ('left' | 'right' | 'number')[] = [];
  let before: 'left' | 'right' = around;
  for (const [index, kind] of kinds.entries()) {
    if (kind === 'left' || kind === 'right') before = kind;
    if (kind === 'number') strong.push(before === 'left' ? 'left' : 'number');
    else if (kind !== 'neutral') strong.push(kind);
    else {
      const next = following[index];
      const behind = next === 'number' ? before : (next ?? around); // a number belongs to the text around it
      strong.push(before === behind ? before : around);
    }
  }
  const level = { left: base ? 2 : 0, right: 1, number: 2 } as const;
  return strong.map((kind) => level[kind]);
}

/** For each character, the kind of the next one that is not neutral. */
function followingKinds(kinds: readonly Kind[]): (Exclude<Kind, 'neutral'> | undefined)[] {
  const following: (Exclude<Kind, 'neutral'> | undefined)[] = new Array(kinds.length);
  let next: Exclude<Kind, 'neutral'> | undefined;
  for (let index = kinds.length - 1; index >= 0; index -= 1) {
    following[index] = next;
    const kind = kinds[index];
    if (kind !== undefined && kind !== 'neutral') next = kind;
  }
  return following;
}

/** Reverses each sequence of runs at a level or higher, from the highest level down. */
function reorder<T extends { readonly level: number }>(runs: readonly T[]): T[] {
  let ordered = [...runs];
  for (let level = 2; level >= 1; level -= 1) {
    const turned: T[] = [];
    let sequence: T[] = [];
    for (const run of ordered) {
      if (run.level >= level) sequence.push(run);
      else {
        turned.push(...sequence.reverse(), run);
        sequence = [];
      }
    }
    ordered = turned.concat(sequence.reverse());
  }
  return ordered;
}
