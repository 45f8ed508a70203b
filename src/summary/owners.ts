import type { SummaryText } from '../core/summary.ts';

/** Somebody who was in the meeting. */
export interface Participant {
  readonly name: string; // as the model read it: no two alike
  readonly shownAs: string; // in the minutes
}

/** What stands between two names: signs, and the words of the languages that the bot speaks. */
const BETWEEN_NAMES = /\s*[,;&/+、，・]\s*|\s*と\s*|\s+(?:and|or|y|o|e|et|ou|und|oder)\s+/iu;
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const MAX_ENDING_CHARS = 2; // letters that a language may hang on a name: Annas, Петрову
const MIN_INFLECTED_CHARS = 4; // letters from which on a name may lose its last one to an ending: Анна, Анне

/**
 * Actions with those owners only who are people of the meeting, or are named in a line that the action cites.
 *
 * A model writes names as it writes everything: some it makes up, some it takes from elsewhere. A task of nobody in particular misleads
 * nobody, one of somebody who never heard of it does. A person's name becomes the one that the minutes show.
 *
 * @param citedWords - what was said in an utterance, in every language that it is known in
 */
export function withKnownOwners(
  text: SummaryText,
  people: readonly Participant[],
  citedWords: (utteranceId: string) => readonly string[],
): SummaryText {
  const actions = text.actions.map(({ owner, ...action }) => {
    const known = owner === undefined ? undefined : knownOwner(owner, people, action.cites.flatMap(citedWords));
    return { ...action, ...(known !== undefined && { owner: known }) };
  });
  return { ...text, actions };
}

/** @returns whom of them it names, as they are shown; `undefined`: nobody who is known */
export function knownOwner(
  owner: string,
  people: readonly Participant[],
  cited: readonly string[],
): string | undefined {
  const one = whoIs(owner, people, cited);
  if (one !== undefined) return one;
  const several = owner.split(BETWEEN_NAMES).flatMap((part) => whoIs(part, people, cited) ?? []);
  return several.length > 0 ? [...new Set(several)].join(', ') : undefined;
}

function whoIs(name: string, people: readonly Participant[], cited: readonly string[]): string | undefined {
  const words = wordsOf(name);
  if (words.length === 0) return undefined;
  const person = people.find((one) => wordsOf(one.name).join(' ') === words.join(' '));
  if (person) return person.shownAs;
  // Models shorten names. Of a part that several people share nobody knows whose it is.
  const isPart = words.some((word) => word.length > 1); // "I" is a word of many a name
  const [only, ...others] = people.filter((one) => words.every((word) => wordsOf(one.name).includes(word)));
  if (isPart && only && others.length === 0) return only.shownAs;
  return cited.some((line) => isNamedIn(line, words)) ? name.trim() : undefined;
}

function isNamedIn(line: string, name: readonly string[]): boolean {
  const said = wordsOf(line);
  return name.every((word) => said.some((one) => isSameName(word, one)));
}

/** Whether a word of a line may be the name, with what its language hangs on it. */
function isSameName(name: string, said: string): boolean {
  if (UNSPACED.test(name)) return said.includes(name);
  if (said.length > name.length + MAX_ENDING_CHARS) return false;
  return said.startsWith(name.length >= MIN_INFLECTED_CHARS ? name.slice(0, -1) : name);
}

function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f\p{Default_Ignorable_Code_Point}]/gu, '')
    .normalize('NFKC')
    .toLowerCase();
  return plain.match(/[\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+/gu) ?? [];
}
