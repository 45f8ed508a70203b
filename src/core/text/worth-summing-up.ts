const LEAST_WORDS = 50; // reading them takes a quarter of a minute, less than a summary with its links
/** How many letters make about one word in scripts without spaces. */
const SIGNS_A_WORD = 2; // Chinese, Japanese
const LETTERS_A_WORD = 5; // Thai, Lao, Khmer, Burmese

const SIGNS = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}`;
const LETTERS = String.raw`\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`;
const SPACED_WORD = new RegExp(String.raw`[[\p{L}\p{N}\p{M}'’]--[${SIGNS}${LETTERS}]]+`, 'gv');
const SIGN = new RegExp(`[${SIGNS}]`, 'gv');
const LETTER = new RegExp(`[${LETTERS}]`, 'gv');

/**
 * Whether enough was said for a summary, or quotes, to be shorter reading than the words themselves.
 *
 * From less a model invents a meeting: "Hello?" became a budget review with a decision. Words count, not lines, and a
 * repeated line (as into a microphone that is being tested) counts once.
 */
export function isWorthSummingUp(said: readonly { readonly text: string }[]): boolean {
  const different = new Set<string>();
  let words = 0;
  for (const { text } of said) {
    const plain = text.normalize('NFKC').toLowerCase();
    const own = plain.match(/[\p{L}\p{N}]+/gu)?.join(' ') ?? '';
    if (different.has(own)) continue;
    different.add(own);
    words += wordsIn(plain);
    if (words >= LEAST_WORDS) return true;
  }
  return false;
}

function wordsIn(text: string): number {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  return count(SPACED_WORD) + Math.ceil(count(SIGN) / SIGNS_A_WORD) + Math.ceil(count(LETTER) / LETTERS_A_WORD);
}
