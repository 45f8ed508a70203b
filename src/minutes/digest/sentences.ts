import { oneLine } from '../../core/text/plain-text.ts';

/** A sentence of an utterance. */
export interface Sentence {
  readonly text: string;
  readonly isAsked: boolean; // it ends with a question mark
}

/** Ends a sentence: the marks with what closes a quotation, unless the next word goes on in small letters (“well… no”). */
const END = /[.!?…]+["'»”’)\]]*\s+(?=[^\p{Ll}])|[。！？｡]+[」』”）)]*\s*/gu;
const ASKED = /[?？؟][\s"'»”’)\]」』!！?？]*$/u;
const SHORTENED = /(?:^|\s)(?:\p{N}{1,2}|\p{L})\.\s+$/u; // “am 3. Mai”, “z. B.”: the sentence goes on

/** The sentences of an utterance, without the white space around them. */
export function sentencesOf(utterance: string): Sentence[] {
  const plain = oneLine(utterance);
  const sentences: Sentence[] = [];
  let from = 0;
  const take = (to: number) => {
    const text = plain.slice(from, to).trim();
    if (text !== '') sentences.push({ text, isAsked: ASKED.test(text) });
    from = to;
  };
  for (const { 0: end, index } of plain.matchAll(END)) {
    if (!SHORTENED.test(plain.slice(from, index + end.length))) take(index + end.length);
  }
  take(plain.length);
  return sentences;
}
