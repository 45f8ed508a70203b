/**
 * Finds terms in texts. The time grows with the text alone, neither with the number of terms nor with how alike they are.
 *
 * Text and terms are split into words, single signs, and single characters of scripts without spaces. The terms
 * form a tree of such pieces, so from each place in a text one walk down the tree finds the longest. The bound: no walk is
 * longer than the longest term has pieces (60, as a term has 60 characters at most), and a step is one look into a map.
 */
export class Terms<T> {
  readonly #exact = new Branch<T>();
  readonly #folded = new Branch<T>();

  /**
   * Adds one form of a term. A form in lower case matches any case, a form with a capital matches only that. The first of
   * two equal forms counts.
   */
  add(form: string, term: T): void {
    const spaced = form.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
    const isFolded = spaced === spaced.toLowerCase();
    let branch = isFolded ? this.#folded : this.#exact;
    for (const { key, folded } of piecesOf(spaced)) branch = branch.grow(isFolded ? folded : key);
    branch.term ??= { value: term };
  }

  /** Replaces every term in the text, the longest first; replacements are not searched again. */
  replaceIn(text: string, replacement: (term: T) => string): string {
    const pieces = piecesOf(text);
    let written = '';
    let copiedTo = 0;
    for (let at = 0; at < pieces.length; ) {
      const found = this.#longestAt(pieces, at);
      if (found) {
        written += text.slice(copiedTo, found.start) + replacement(found.term);
        copiedTo = found.end;
        at = found.until;
      } else at += 1;
    }
    return written + text.slice(copiedTo);
  }

  /** Of two equally long terms, the one that matches letter by letter. */
  #longestAt(pieces: readonly Piece[], from: number): Found<T> | undefined {
    const first = pieces[from];
    if (!first || (first.kind === 'word' && pieces[from - 1]?.kind === 'character')) return undefined; // half a word
    let exact: Branch<T> | undefined = this.#exact;
    let folded: Branch<T> | undefined = this.#folded;
    let longest: Found<T> | undefined;
    for (let at = from; exact || folded; at += 1) {
      const piece = pieces[at];
      if (!piece) break;
      exact = exact?.next.get(piece.key);
      folded = folded?.next.get(piece.folded);
      const term = exact?.term ?? folded?.term;
      const isHalfAWord = piece.kind === 'word' && pieces[at + 1]?.kind === 'character';
      if (term && !isHalfAWord) longest = { term: term.value, start: first.start, end: piece.end, until: at + 1 };
    }
    return longest;
  }
}

/** A term found in the text. */
interface Found<T> {
  readonly term: T;
  readonly start: number;
  readonly end: number;
  readonly until: number; // the index of the piece after it
}

class Branch<T> {
  readonly next = new Map<string, Branch<T>>();
  term: { readonly value: T } | undefined; // the term that ends here

  grow(key: string): Branch<T> {
    const branch = this.next.get(key) ?? new Branch<T>();
    this.next.set(key, branch);
    return branch;
  }
}

interface Piece {
  readonly key: string;
  readonly folded: string; // for comparison in any case
  readonly kind: 'word' | 'character' | 'sign';
  readonly start: number;
  readonly end: number;
}

/** Scripts that write no spaces between words: there a term may begin and end anywhere. */
const UNSPACED = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]`;
const IN_A_WORD = String.raw`[\p{L}\p{N}\p{M}_]`;
const PIECE = new RegExp(String.raw`([${IN_A_WORD}--${UNSPACED}]+)|([${IN_A_WORD}&&${UNSPACED}])|(\s+)|.`, 'gsv');

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const [found, word, character, space] of text.matchAll(PIECE)) {
    const start = pieces.at(-1)?.end ?? 0;
    const key = space === undefined ? found : ' ';
    const kind = word !== undefined ? 'word' : character !== undefined ? 'character' : 'sign';
    pieces.push({ key, folded: key.toLowerCase(), kind, start, end: start + found.length });
  }
  return pieces;
}
