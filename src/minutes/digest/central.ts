import { columnsOf } from '../../core/text/columns.ts';

/** The part of an utterance that the ranking reads. */
export interface Ranked {
  readonly text: string;
  readonly language: string;
  readonly isQuotedElsewhere?: boolean; // its words count, but it is not chosen
}

const MIN_WORDS = 5; // shorter utterances are greetings and agreement
const MIN_COLUMNS = 20;
const QUOTED_ONE_IN = 12; // one in this many of the utterances worth quoting is quoted
const MIN_QUOTED = 3; // even when that would be fewer
const MAX_QUOTED_SHARE = 0.5; // of the utterances worth quoting: with more, the transcript would be as short
const MAX_QUOTED = 8;
const COMMON_SHARE = 0.5; // a word in a larger share of the utterances names no subject, in any language
const DAMPING = 0.85; // as in the TextRank paper
const ROUNDS = 30; // the order stops changing after about twenty
const MAX_LIKENESS = 0.7; // two utterances more alike than this (0 to 1) are not both quoted

/**
 * The indexes of the most central utterances, in ascending order.
 *
 * Ranks by TextRank over the words that utterances share; rare words count more. The ranking knows no grammar, so it
 * works in every language that `Intl.Segmenter` divides into words.
 */
export function mostCentral(said: readonly Ranked[]): number[] {
  const vectors = vectorsOf(said.map(wordsOf));
  const worthy = said.flatMap((one, index) => (isWorthQuoting(one, vectors[index]) ? [index] : []));
  const candidates = worthy.filter((index) => !said[index]?.isQuotedElsewhere);
  const ranks = rank(vectors);
  const most = Math.min(MAX_QUOTED, Math.floor(worthy.length * MAX_QUOTED_SHARE));
  const wanted = Math.min(most, Math.max(MIN_QUOTED, Math.round(worthy.length / QUOTED_ONE_IN)));
  const chosen: number[] = [];
  for (const index of candidates.toSorted((a, b) => (ranks[b] ?? 0) - (ranks[a] ?? 0) || a - b)) {
    if (chosen.length === wanted) break;
    if (chosen.every((other) => likeness(vectors[index], vectors[other]) < MAX_LIKENESS)) chosen.push(index);
  }
  return chosen.toSorted((a, b) => a - b);
}

/** How central each utterance is: the higher, the more it has in common with the others. */
export function centrality(said: readonly Ranked[]): Float64Array {
  return rank(vectorsOf(said.map(wordsOf)));
}

/** What a text is about: the numbers of its words in ascending order, with weights that give the vector length 1. */
interface Vector {
  readonly words: Int32Array;
  readonly weights: Float64Array;
}

function isWorthQuoting({ text }: Ranked, vector: Vector | undefined): boolean {
  return (vector?.words.length ?? 0) >= MIN_WORDS - 2 && columnsOf(text) >= MIN_COLUMNS;
}

/** Scripts that put no spaces between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu; // ten times as fast as the segmenter

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterFor(language: string): Intl.Segmenter {
  let segmenter = segmenters.get(language);
  if (!segmenter) {
    const isKnown = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(language);
    segmenter = new Intl.Segmenter(isKnown ? language : 'en', { granularity: 'word' });
    segmenters.set(language, segmenter);
  }
  return segmenter;
}

function wordsOf({ text, language }: Ranked): string[] {
  const plain = text.normalize('NFKC').toLowerCase();
  const words = UNSPACED.test(plain)
    ? [...segmenterFor(language).segment(plain)].flatMap(({ segment, isWordLike }) => (isWordLike ? segment : []))
    : (plain.match(WORD) ?? []);
  return words.length >= MIN_WORDS ? words : [];
}

function vectorsOf(texts: readonly (readonly string[])[]): Vector[] {
  const numbers = new Map<string, number>();
  const counts = texts.map((words) => {
    const own = new Map<number, number>();
    for (const word of words) {
      const number = numbers.get(word) ?? numbers.size;
      numbers.set(word, number);
      own.set(number, (own.get(number) ?? 0) + 1);
    }
    return own;
  });
  const textCounts = new Int32Array(numbers.size); // by word number: how many texts contain the word
  for (const own of counts) for (const number of own.keys()) textCounts[number] = (textCounts[number] ?? 0) + 1;
  const most = Math.max(2, texts.length * COMMON_SHARE);
  return counts.map((own) => {
    const distinctive = [...own].filter(([number]) => (textCounts[number] ?? 0) <= most).toSorted(([a], [b]) => a - b);
    const weights = distinctive.map(([number, count]) => count * Math.log(texts.length / (textCounts[number] ?? 1)));
    const length = Math.hypot(...weights);
    return {
      words: Int32Array.from(distinctive, ([number]) => number),
      weights: Float64Array.from(weights, (weight) => weight / length),
    };
  });
}

/**
 * The stationary vector of a random walk from text to text along the words that they share.
 *
 * The likeness of every two texts is the matrix of vectors times its transpose. That product is never computed: each
 * step goes from the texts to the words and back, which takes as long as reading the vectors once.
 */
function rank(vectors: readonly Vector[]): Float64Array {
  const size = 1 + vectors.reduce((most, { words }) => Math.max(most, words.at(-1) ?? 0), 0);
  const degrees = neighbours(vectors, new Float64Array(vectors.length).fill(1), size);
  let ranks: Float64Array = new Float64Array(vectors.length).fill(1);
  for (let round = 0; round < ROUNDS; round += 1) {
    const given = ranks.map((own, index) => own / Math.max(degrees[index] ?? 0, Number.EPSILON));
    ranks = neighbours(vectors, given, size).map((own) => 1 - DAMPING + DAMPING * own);
  }
  return ranks;
}

/** For each text, the sum over all other texts of their likeness times the value that the other text holds. */
function neighbours(vectors: readonly Vector[], held: Float64Array, size: number): Float64Array {
  const byWord = new Float64Array(size);
  for (const [index, { words, weights }] of vectors.entries()) {
    const own = held[index] ?? 0;
    for (const [at, word] of words.entries()) byWord[word] = (byWord[word] ?? 0) + (weights[at] ?? 0) * own;
  }
  return Float64Array.from(vectors, ({ words, weights }, index) => {
    let sum = 0;
    for (const [at, word] of words.entries()) sum += (weights[at] ?? 0) * (byWord[word] ?? 0);
    return Math.max(0, words.length > 0 ? sum - (held[index] ?? 0) : 0); // a text is not its own neighbour
  });
}

function likeness(a: Vector | undefined, b: Vector | undefined): number {
  if (!a || !b) return 0;
  let sum = 0;
  for (let i = 0, j = 0; i < a.words.length && j < b.words.length; ) {
    const [left = 0, right = 0] = [a.words[i], b.words[j]];
    if (left === right) sum += (a.weights[i] ?? 0) * (b.weights[j] ?? 0);
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  return sum;
}
