import type { SummaryText } from '../core/summary.ts';

/** Somebody who was in the meeting. */
export interface Participant {
  readonly name: string; // unique, as in the lines that the model read
  readonly shownAs: string; // the name in the minutes
}

/** What separates two names: punctuation, and the words for “and” and “or” in the languages of the bot. */
const BETWEEN_NAMES = /\s*[,;&/+、，・]\s*|\s*と\s*|\s+(?:and|or|y|o|e|et|ou|und|oder)\s+/iu;
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const MAX_ENDING_CHARS = 2; // letters that a grammatical ending can add to a name: Annas, Петрову
const MIN_INFLECTED_CHARS = 4; // from this length on, an ending can also replace the last letter: Анна, Анне

/**
 * Removes the owner of each action unless it is a participant or is named in a line that the action cites.
 *
 * A model can invent names or take them from elsewhere. A task without an owner misleads nobody, but a task for
 * somebody who has never heard of it does. The names of participants become those in the minutes.
 *
 * @param citedWords - the text of an utterance and its translations
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

/** The people that `owner` names, as the minutes show them, separated by commas. `undefined` when nobody is known. */
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
  // Models shorten names. A part of a name counts only if it fits exactly one person.
  const isPart = words.some((word) => word.length > 1); // a single letter such as "I" is too little
  const [only, ...others] = people.filter((one) => words.every((word) => wordsOf(one.name).includes(word)));
  if (isPart && only && others.length === 0) return only.shownAs;
  return cited.some((line) => isNamedIn(line, words)) ? name.trim() : undefined;
}

function isNamedIn(line: string, name: readonly string[]): boolean {
  const said = wordsOf(line);
  return name.every((word) => said.some((one) => isSameName(word, one)));
}

/** Whether a spoken word can be the name, perhaps with a grammatical ending. */
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
