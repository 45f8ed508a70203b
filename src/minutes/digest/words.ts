/** The words of a sentence, joined in one way whatever stood between them. */
export interface Words {
  readonly joined: string; // each word in lower case and followed by a space, or the bare letters of a language without spaces
  readonly places: readonly Place[];
  readonly keys: ReadonlySet<string>; // by which phrases are looked up
}

/** Where a word stands: in the joined words, and in the text. */
interface Place {
  readonly joinedAt: number;
  readonly from: number;
  readonly to: number;
}

const SPACED = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu; // an apostrophe and a hyphen divide words, as in “d'ici” and “est-ce”
const UNSPACED = /[\p{L}\p{N}\p{M}々〆〇ー]/gu;

/** @param isIgnored - words that do not count, wherever they stand */
export function wordsOf(text: string, hasSpaces: boolean, isIgnored: (word: string) => boolean = () => false): Words {
  const places: Place[] = [];
  let joined = '';
  for (const { 0: word, index } of text.matchAll(hasSpaces ? SPACED : UNSPACED)) {
    const plain = word.normalize('NFKC').toLowerCase();
    if (isIgnored(plain)) continue;
    places.push({ joinedAt: joined.length, from: index, to: index + word.length });
    joined += hasSpaces ? `${plain} ` : plain;
  }
  return { joined, places, keys: keysOf(joined, hasSpaces) };
}

/** The words from a place in the joined words on. */
export function wordsFrom({ joined, places, keys }: Words, at: number): Words {
  if (at === 0) return { joined, places, keys };
  return {
    joined: joined.slice(at),
    places: places
      .filter(({ joinedAt }) => joinedAt >= at)
      .map((place) => ({ ...place, joinedAt: place.joinedAt - at })),
    keys, // more than there are do no harm
  };
}

/** Where a phrase with this word is looked up: the word itself, or its first two letters in a language without spaces. */
export function keyOf(joined: string, hasSpaces: boolean): string {
  if (!hasSpaces) return joined.slice(0, 2);
  return joined.split(' ').reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

function keysOf(joined: string, hasSpaces: boolean): Set<string> {
  if (hasSpaces) return new Set(joined.trimEnd().split(' '));
  const letters = [...joined];
  return new Set(letters.flatMap((letter, index) => [letter, letter + (letters[index + 1] ?? '')]));
}
