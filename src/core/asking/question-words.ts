/** Scripts that write no spaces between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const HANGUL = /^\p{sc=Hangul}+$/u;
/** Kana that are endings and particles: by themselves they name nothing. */
const HIRAGANA = /^\p{sc=Hiragana}+$/u;
/** An apostrophe and a hyphen divide words, as in “l'équipe”. */
const RUN = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

const MOST_WORDS = 12; // each is one search; longer questions repeat themselves
const MOST_CHARS = 1_000; // of a question, in which its words are looked for
const SHORTEST = 3; // letters; shorter words are grammar in most languages, unless they are capitals or numbers
const SHORTEST_STEM = 4; // from there on the index looks for words by their beginnings
const STEM_SHARE = 0.65; // of a word: `decided` finds `decide`, `announcement` finds `announce`

/**
 * Words that name nothing by themselves, in the languages that the bot speaks and without accents: those of grammar, and
 * those with which people ask.
 */
const GRAMMAR = new Set(
  `the and for are was were not you all any can could had has have her him his how its may she too who whom whose did does doing
  let say said says tell told will with this that from they been being their them there what when where which why would about
  should than then these those some just also into only very your our out but one anybody anyone somebody someone something
  anything everybody everyone meeting meetings talk talked talking mention mentioned ever yet still
  que quien quienes cual cuales cuando donde como por para del los las una uno unos unas con sin sus sobre fue fueron era eran
  esta este estos estas eso esto hay han haya hemos dijo dijeron dice decir habla hablo hablaron alguien algo todo todos muy mas
  pero porque cuanto cuanta cuantos cuantas reunion reuniones nos les
  qui quoi quel quelle quels quelles quand comment pourquoi combien est sont etait ont avons avez avait etre fait faire dit dire
  dans sur avec sans pour par des les une nous vous ils elles elle leur leurs cette ces cet mais plus tout tous toute aux
  quelqu quelque quelques reunion reunions parle parler
  wer was wann wie wieso warum weshalb welche welcher welches welchen wem wen wessen der die das den dem des ein eine einen einem
  einer und oder aber ist sind war waren wird werden wurde wurden hat haben hatte hatten kann konnen soll sollen sollte muss
  mussen von vom zum zur mit fur auf aus bei nach uber unter vor nicht kein keine noch schon auch nur sehr mehr wir ihr sie ihn
  ihm uns euch man jemand etwas alle alles gesagt sagte sagt sagen gesprochen besprechung besprechungen treffen
  quem qual quais quando onde porque quanto quanta quantos quantas dos das nos nas num numa pelo pela pelos pelas foi foram era
  eram sao esta estao este esta isso isto aquilo tem temos havia disse disseram diz dizer falou falaram alguem algum alguma
  nao mais muito mas com sem seu sua seus suas vai vao vou vamos reuniao reunioes uma uns umas`.split(/\s+/),
);
const GRAMMAR_UNSPACED = new Set('何 誰 会議 人 方 話 言 件 事 時 今 私 教 私たち 何時 何人 誰か 何か'.split(' '));

/**
 * The words of a question by which what answers it is looked for: those that name something, shortened to what their forms
 * have in common. The longest come first.
 */
export function wordsToFind(question: string): string[] {
  const words = new Set<string>();
  for (const [run] of question.slice(0, MOST_CHARS).normalize('NFC').matchAll(RUN)) {
    const parts = UNSPACED.test(run) ? partsOf(run) : [run];
    for (const part of parts) if (namesSomething(part)) words.add(stemOf(part));
  }
  return [...words].sort((a, b) => b.length - a.length).slice(0, MOST_WORDS);
}

function partsOf(run: string): string[] {
  const segments = new Intl.Segmenter('ja', { granularity: 'word' }).segment(run);
  return [...segments].flatMap(({ segment, isWordLike }) => (isWordLike === true ? [segment] : []));
}

function namesSomething(word: string): boolean {
  if (/\p{N}/u.test(word)) return true;
  if (UNSPACED.test(word)) return !HIRAGANA.test(word) && !GRAMMAR_UNSPACED.has(word);
  if (HANGUL.test(word)) return word.length > 1;
  if (word.length < SHORTEST) return word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase();
  return !GRAMMAR.has(folded(word));
}

function stemOf(word: string): string {
  if (/\p{N}/u.test(word) || UNSPACED.test(word)) return word;
  if (HANGUL.test(word)) return word.length > 2 ? word.slice(0, -1) : word; // the last syllable is a particle as a rule
  return word.toLowerCase().slice(0, Math.max(SHORTEST_STEM, Math.ceil(word.length * STEM_SHARE)));
}

function folded(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '');
}
