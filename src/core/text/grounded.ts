/** Scripts that write no spaces between words, or attach endings: there two characters in a row count as a word. */
const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Hangul}`;
const WORD = new RegExp(String.raw`[[\p{L}\p{N}\p{M}]--[${UNSPACED}]]+|[[\p{L}\p{M}]&&[${UNSPACED}]]+`, 'gv');
const IS_UNSPACED = new RegExp(`[${UNSPACED}]`, 'v');
/** Kana that are endings and particles: they mean nothing without a meaningful sign next to them. */
const IS_HIRAGANA = /^\p{sc=Hiragana}+$/u;

const STEM = 4; // equal first letters make two words the same: `decided` and `decision`, `liefern` and `Lieferung`
const SHORTEST = 3; // shorter words are grammar in most languages; numbers of any length count

/** Longer grammatical words, and words of every meeting, in the languages that the bot speaks. */
const COMMON = new Set(
  `the and for are but not you all any can had her was one our out has him his how its may now she too who did yes let say
  will with have this that from they been were their there what when which would about could should other than then them
  these those some just also into only very your more said says because
  que los las una por con para del sus como pero más mas esta este son ser hay muy sin sobre todo también tambien porque
  les des est une pas pour dans qui sur avec sont nous vous elle ils leur mais plus tout cette par aux fait être avoir
  der die das und ist nicht ein eine den dem des mit auf für fur von sich auch werden wird wir sie ich hat sind war aber oder als
  não nao uma com para dos das mas foi são sao tem mais muito isso pelo pela ele ela eles`.split(/\s+/),
);

/**
 * Whether two texts share a word of meaning, a name or a number.
 *
 * It knows no grammar: it compares the beginnings of words, without case and accents, and pairs of characters in scripts
 * without spaces. Different languages share only names and numbers, so pass every translation there is.
 */
export function shareAWord(one: string, others: readonly string[]): boolean {
  const words = meaningOf(one);
  return others.some((other) => {
    for (const word of meaningOf(other)) if (words.has(word)) return true;
    return false;
  });
}

function meaningOf(text: string): Set<string> {
  const words = new Set<string>();
  const plain = text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
    .toLowerCase();
  for (const [word] of plain.matchAll(WORD)) {
    if (IS_UNSPACED.test(word)) addPairs(word, words);
    else if (/\p{N}/u.test(word)) words.add(word);
    else if (word.length >= SHORTEST && !COMMON.has(word)) words.add(word.slice(0, STEM));
  }
  return words;
}

function addPairs(run: string, words: Set<string>): void {
  const characters = [...run];
  for (const [index, character] of characters.entries()) {
    const pair = character + (characters[index + 1] ?? '');
    if (characters.length > 1 && index === characters.length - 1) break;
    if (!IS_HIRAGANA.test(pair)) words.add(pair);
  }
}
