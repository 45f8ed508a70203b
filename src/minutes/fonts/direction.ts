const LETTER = /\p{L}/u;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u; // Hebrew, Arabic and their kin
const DIGIT = /\p{Nd}/u;
const WITHIN_NUMBERS = /[.,:/٫٬]/;
const FOLLOWS = /\p{M}|\p{Cf}/u; // takes the direction of what stands before it
const MIRRORED: ReadonlyMap<string, string> = new Map(
  ['()', '[]', '{}', '<>', '«»', '‹›'].flatMap(([open = '', close = '']) => [
    [open, close],
    [close, open],
  ]),
);

/** Whether a text is read from right to left: its first letter says so. */
export function isRightToLeft(text: string): boolean {
  for (const character of text) if (LETTER.test(character)) return RIGHT_TO_LEFT.test(character);
  return false;
}

export function hasRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

/** A stretch of a line in one direction, never longer than a word where it runs to the left. */
export interface Run {
  readonly text: string;
  readonly isRightToLeft: boolean;
}

type Kind = 'left' | 'right' | 'number' | 'neutral';

/**
 * One line of text as it stands on paper, from left to right: the Unicode bidirectional algorithm without explicit
 * controls, which never reach us. Brackets that run to the left are mirrored.
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
    // Words that run to the left are drawn one by one: what shapes them does not see beyond a space.
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

/** Even levels run to the right, odd ones to the left; a higher one lies within a lower one. */
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
      const behind = next === 'number' ? before : (next ?? around); // a number counts as part of what it stands in
      strong.push(before === behind ? before : around);
    }
  }
  const level = { left: base ? 2 : 0, right: 1, number: 2 } as const;
  return strong.map((kind) => level[kind]);
}

/** For each place the next one behind it that is not neutral. */
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

/** Turns every stretch of a level or higher around, from the highest level down. */
function reorder<T extends { readonly level: number }>(runs: readonly T[]): T[] {
  let ordered = [...runs];
  for (let level = 2; level >= 1; level -= 1) {
    const turned: T[] = [];
    let stretch: T[] = [];
    for (const run of ordered) {
      if (run.level >= level) stretch.push(run);
      else {
        turned.push(...stretch.reverse(), run);
        stretch = [];
      }
    }
    ordered = turned.concat(stretch.reverse());
  }
  return ordered;
}
