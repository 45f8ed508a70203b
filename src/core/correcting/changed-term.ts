/** What was recognised, and what somebody wrote in its place. */
export interface ChangedTerm {
  readonly heard: string; // in lower case, as it matches any case then
  readonly written: string;
}

const MOST_CHARS = 60; // as in a term of the glossary
const MOST_WORDS = 6; // more is another sentence, not a term
const LEAST_HEARD = 3; // characters: shorter words are part of too many sentences
const MOST_COMPARED = 1_200; // words: a longer text would take more than a moment

/** As the glossary takes texts apart: words, and single characters of scripts without spaces. */
const UNSPACED = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]`;
const WORD = new RegExp(String.raw`[[\p{L}\p{N}\p{M}_'’.\-]--${UNSPACED}]+|${UNSPACED}`, 'gv');
/** A name, or a word of a trade: it has a capital or a digit, or comes from a script that knows no capitals. */
const LIKE_A_TERM = /\p{Lu}|\p{Nd}|\p{Lo}/u;

/**
 * Finds the term that a correction put right, as far as it looks like one: a name, or a word with a capital or a digit,
 * that was recognised as something else. `undefined` where small words or whole sentences changed.
 *
 * @param before - the text as it was shown
 * @param after - as it was corrected
 */
export function changedTerm(before: string, after: string): ChangedTerm | undefined {
  const [heard, written] = [wordsIn(before), wordsIn(after)];
  if (heard.length > MOST_COMPARED || written.length > MOST_COMPARED) return undefined;
  const termIn = ({ from, to }: Change) => {
    const term = { heard: textOf(before, from).toLowerCase(), written: textOf(after, to) };
    return isTerm(term, from.length, to.length) ? term : undefined;
  };
  // A capital that was added somewhere must not make the words around a term part of it.
  const others = changesBetween(heard, written, (word) => word.toLowerCase()).map(termIn);
  const capitals = changesBetween(heard, written, (word) => word)
    .filter(({ to: [first] }) => first && !beginsSentence(after, first))
    .map(termIn);
  return [...others, ...capitals].find((term) => term !== undefined);
}

/** There a capital says nothing. */
function beginsSentence(text: string, { start }: Word): boolean {
  return /(?:^|[.!?…。！？])\P{L}*$/u.test(text.slice(0, start));
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function wordsIn(text: string): Word[] {
  return [...text.matchAll(WORD)].flatMap(({ 0: found, index }) => {
    const word = found.replace(/^['’.-]+/, '').replace(/['’.-]+$/, '');
    const start = index + found.indexOf(word);
    return word === '' ? [] : [{ text: word, start, end: start + word.length }];
  });
}

interface Change {
  readonly from: readonly Word[];
  readonly to: readonly Word[];
}

/** The stretches of words that differ, by the longest common row of words. */
function changesBetween(a: readonly Word[], b: readonly Word[], keyOf: (word: string) => string): Change[] {
  const left = a.map(({ text }) => keyOf(text));
  const right = b.map(({ text }) => keyOf(text));
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width); // words in common from here on
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1)
      common[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const changes: Change[] = [];
  let [i, j, fromI, fromJ] = [0, 0, 0, 0];
  const close = () => {
    if (i > fromI || j > fromJ) changes.push({ from: a.slice(fromI, i), to: b.slice(fromJ, j) });
  };
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && left[i] === right[j]) {
      close();
      [i, j] = [i + 1, j + 1];
      [fromI, fromJ] = [i, j];
    } else if (j < b.length && (i >= a.length || at(i, j + 1) >= at(i + 1, j))) j += 1;
    else i += 1;
  }
  close();
  return changes;
}

function textOf(text: string, words: readonly Word[]): string {
  return text.slice(words[0]?.start ?? 0, words.at(-1)?.end ?? 0);
}

function isTerm({ heard, written }: ChangedTerm, heardWords: number, writtenWords: number): boolean {
  if (heardWords === 0 || writtenWords === 0 || heardWords > MOST_WORDS || writtenWords > MOST_WORDS) return false;
  if (heard.length > MOST_CHARS || written.length > MOST_CHARS || !LIKE_A_TERM.test(written)) return false;
  const isWorthIt = heard.length >= LEAST_HEARD || (heardWords > 1 && /\p{Lo}/u.test(heard));
  return isWorthIt && heard !== written;
}
