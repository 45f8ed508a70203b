import type { Languages, LiveLine, Text } from '../../wire.ts';

/** What the page asks for to read everything as it was spoken. */
export const SPOKEN = 'spoken';

/** Whether a text in one language serves readers of another: `pt-BR` and `pt` do. */
export function isIn(language: string, wanted: string): boolean {
  return baseOf(language) === baseOf(wanted);
}

/** What can be chosen: as spoken first, then the languages that the meeting is translated into. */
export function choicesIn({ targets }: Languages): readonly string[] {
  return [SPOKEN, ...targets];
}

/**
 * Which of the choices is shown.
 *
 * @param wish - what the reader chose on a page like this; missing: nothing yet
 */
export function chosenIn({ targets, shown }: Languages, wish: string | undefined): string {
  const found = targets.find((target) => shown !== undefined && isIn(target, shown)) ?? SPOKEN;
  return wish === SPOKEN ? SPOKEN : found;
}

/** Whether lines come in another language than the reader wants, and could come in that one. */
export function shouldAskAgain({ targets, shown }: Languages, wish: string | undefined): boolean {
  if (wish === undefined || wish === SPOKEN) return false;
  const isThere = targets.some((target) => isIn(target, wish));
  return isThere && (shown === undefined || !isIn(shown, wish));
}

/** The texts of a line, each in its column. */
export interface Columns {
  readonly read?: Text; // in the language that the reader chose; missing: it is not translated (yet)
  readonly spoken?: Text; // missing: it is the same, or is not to be shown
}

/**
 * Which text stands where. Beside one another, what is not translated yet stands where the original does, so that nothing moves when
 * the translation comes.
 */
export function columnsOf(line: LiveLine, shown: string | undefined, isBeside: boolean): Columns {
  if (!isBeside || shown === undefined) return { read: line };
  if (line.original) return { read: line, spoken: line.original };
  return isIn(line.language, shown) ? { read: line } : { spoken: line };
}

function baseOf(language: string): string {
  return language.toLowerCase().split(/[-_]/)[0] ?? '';
}
