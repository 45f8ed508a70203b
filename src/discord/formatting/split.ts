/** The smallest pieces: a backslash with the character it escapes, or one character as people count them. */
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Cuts escaped text into pieces of at most `maxLength` UTF-16 units, at spaces where there are any.
 *
 * A word that is longer than a piece is cut between two characters, never inside one or inside an escape.
 */
export function splitAtWords(escaped: string, maxLength: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const word of escaped.split(' ')) {
    const longer = piece === '' ? word : `${piece} ${word}`;
    if (longer.length <= maxLength) {
      piece = longer;
      continue;
    }
    if (piece !== '') pieces.push(piece);
    const parts = cutWord(word, maxLength);
    piece = parts.pop() ?? '';
    pieces.push(...parts);
  }
  if (piece !== '') pieces.push(piece);
  return pieces;
}

function cutWord(word: string, maxLength: number): string[] {
  if (word.length <= maxLength) return [word];
  const parts: string[] = [];
  let part = '';
  for (const unit of units(word)) {
    if (part.length + unit.length > maxLength && part !== '') {
      parts.push(part);
      part = '';
    }
    part += unit;
  }
  return [...parts, part];
}

/** Some "characters" are longer than a piece (a letter under a pile of accents): they are cut between code points. */
const LONGEST_CHARACTER = 64;

function* units(word: string): Generator<string> {
  let backslash = '';
  for (const { segment } of characters.segment(word)) {
    if (segment === '\\' && backslash === '') {
      backslash = segment;
      continue;
    }
    const whole = backslash + segment;
    backslash = '';
    if (whole.length <= LONGEST_CHARACTER) yield whole;
    else yield* pointsOf(whole);
  }
  if (backslash !== '') yield backslash;
}

function* pointsOf(whole: string): Generator<string> {
  for (const [pair] of whole.matchAll(/\\?./gsu)) yield pair;
}
