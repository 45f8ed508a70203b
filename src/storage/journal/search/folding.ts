/**
 * Folds the different spellings of a word into one: case, accents, widths, strokes and ligatures do not matter.
 *
 * Unicode decomposes a letter with a mark (`é`), but not a letter with a stroke (`ł`), two letters in one (`æ`), or the same
 * letter of another country's keyboard (the Persian and the Arabic `ی`): the table has those.
 */
export function fold(written: string): string {
  const plain = written
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(ACCENTS, '')
    .replaceAll(IN_THE_TABLE, (letter) => TABLE.get(letter) ?? letter)
    .normalize('NFKC');
  // Compatibility forms may decompose into a space or a sign, which an index would take for the end of a word.
  return plain
    .replaceAll(/[^\p{L}\p{N}\p{M}]/gu, '')
    .replaceAll(DIGIT, (digit) => digitValue(digit))
    .slice(0, LONGEST_WORD)
    .toWellFormed();
}

const LONGEST_WORD = 64; // nobody searches for longer words; PostgreSQL takes at most 2,046 bytes

/** Accents of Latin, Greek and Cyrillic, and the vowel points and lengthening that Hebrew and Arabic may leave out. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0640\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]/g;

/** Lower-case letters, and what people without such a keyboard type instead. */
const TABLE: ReadonlyMap<string, string> = new Map([
  // Latin with a stroke or a hook
  ...pairs(
    'ł l ƚ l ø o ɵ o đ d ð d ɖ d ɗ d ħ h ŧ t ƀ b ɓ b ȼ c ƈ c ɇ e ǥ g ɠ g ɨ i ı i ɉ j ƙ k ɲ n ƞ n ŋ n ƥ p ɍ r ȿ s ⱥ a ⱦ t ʉ u ƭ t ʋ v ɏ y ƴ y ƶ z',
  ),
  // Latin letters that stand for two, or are written as others
  ...pairs('ß ss æ ae œ oe þ th ĸ k ſ s ə e ƒ f ǝ e'),
  // Greek and Cyrillic
  ...pairs('ς σ ґ г'),
  // Arabic script: alif and ya in their forms, ta marbuta, and the letters of Persian, Urdu and Kurdish keyboards
  ...pairs('ٱ ا ى ي ی ي ې ي ے ي ة ه ہ ه ھ ه ە ه ۃ ه ک ك ڪ ك ں ن'),
  // Signs that stand for a letter and that many people leave out
  ...['ʻ', 'ʼ', 'ʹ', 'ʿ', 'ʾ', 'ء'].map((sign): [string, string] => [sign, '']),
]);
const IN_THE_TABLE = new RegExp(`[${[...TABLE.keys()].join('')}]`, 'gu');

function pairs(listed: string): [string, string][] {
  const words = listed.split(' ');
  return words.flatMap((letter, at) => (at % 2 === 0 ? [[letter, words[at + 1] ?? '']] : []));
}

/** Decimal digits of any script: Arabic, Persian, Hindi and other keyboards have their own. */
const DIGIT = /[[\p{Nd}]--[0-9]]/gv;

/** Unicode keeps each script's digits together, from zero to nine. */
function digitValue(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}
