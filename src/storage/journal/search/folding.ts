/**
 * One spelling for all the ways in which people write a word: case, accents, widths, strokes and ligatures do not matter.
 *
 * Unicode takes apart what is a letter and a mark (`é`), not what is one letter with a stroke (`ł`), two letters in one (`æ`), or the same
 * letter of another country's keyboard (the Persian and the Arabic `ی`): those stand in the table.
 */
export function fold(written: string): string {
  const plain = written
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(ACCENTS, '')
    .replaceAll(IN_THE_TABLE, (letter) => TABLE.get(letter) ?? letter)
    .normalize('NFKC');
  // What a compatibility form unfolds to may hold a space or a sign, which an index would take for the end of a word.
  return plain
    .replaceAll(/[^\p{L}\p{N}\p{M}]/gu, '')
    .replaceAll(DIGIT, (digit) => digitValue(digit))
    .slice(0, LONGEST_WORD)
    .toWellFormed();
}

const LONGEST_WORD = 64; // longer is no word that somebody looks for; PostgreSQL takes 2,046 bytes at most

/** Accents of Latin, Greek and Cyrillic, and the vowel points and lengthening that Hebrew and Arabic may leave out. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0640\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]/g;

/** Letters in small, with what people without that keyboard type. */
const TABLE: ReadonlyMap<string, string> = new Map([
  // Latin with a stroke or a hook
  ...pairs(
    'ł l ƚ l ø o ɵ o đ d ð d ɖ d ɗ d ħ h ŧ t ƀ b ɓ b ȼ c ƈ c ɇ e ǥ g ɠ g ɨ i ı i ɉ j ƙ k ɲ n ƞ n ŋ n ƥ p ɍ r ȿ s ⱥ a ⱦ t ʉ u ƭ t ʋ v ɏ y ƴ y ƶ z',
  ),
  // Latin letters that are two, or that are written as others
  ...pairs('ß ss æ ae œ oe þ th ĸ k ſ s ə e ƒ f ǝ e'),
  // Greek and Cyrillic
  ...pairs('ς σ ґ г'),
  // Arabic script: alif and ya in their forms, ta marbuta, and the letters of Persian, Urdu and Kurdish keyboards
  ...pairs('ٱ ا ى ي ی ي ې ي ے ي ة ه ہ ه ھ ه ە ه ۃ ه ک ك ڪ ك ں ن'),
  // Signs that stand for a letter, and that many leave out
  ...['ʻ', 'ʼ', 'ʹ', 'ʿ', 'ʾ', 'ء'].map((sign): [string, string] => [sign, '']),
]);
const IN_THE_TABLE = new RegExp(`[${[...TABLE.keys()].join('')}]`, 'gu');

function pairs(listed: string): [string, string][] {
  const words = listed.split(' ');
  return words.flatMap((letter, at) => (at % 2 === 0 ? [[letter, words[at + 1] ?? '']] : []));
}

/** Decimal digits of any script: Arabic, Persian, Hindi and others type their own. */
const DIGIT = /[[\p{Nd}]--[0-9]]/gv;

/** Unicode keeps each script's digits together, from nought to nine. */
function digitValue(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}
