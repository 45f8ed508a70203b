import { describe, expect, it } from 'vitest';
import { sentencesOf } from '../../../src/minutes/digest/sentences.ts';

describe('the sentences of an utterance', () => {
  it.each<[string, string[]]>([
    ['One. Two! Three? Four', ['One.', 'Two!', 'Three?', 'Four']],
    ['  One.\n Two. ', ['One.', 'Two.']],
    ['He said “One.” Two', ['He said “One.”', 'Two']],
    ['Well… no. We do', ['Well… no.', 'We do']],
    ['Well… No', ['Well…', 'No']],
    ['It costs 3.50 in total. Fine', ['It costs 3.50 in total.', 'Fine']],
    ['Am 3. Mai. Gut', ['Am 3. Mai.', 'Gut']],
    ['¿Sí? ¿Y el vestido?', ['¿Sí?', '¿Y el vestido?']],
    ['Das ist z. B. so. Ja', ['Das ist z. B. so.', 'Ja']],
    ['私がやります。来週です！え？はい', ['私がやります。', '来週です！', 'え？', 'はい']],
    ['', []],
    ['  ', []],
    ['...', ['...']],
  ])('are those of “%s”', (text, sentences) => {
    expect(sentencesOf(text).map((one) => one.text)).toEqual(sentences);
  });

  it.each([
    ['Really?', true],
    ['Really?!', true],
    ['“Really?”', true],
    ['Vraiment ?', true],
    ['本当ですか？', true],
    ['Really.', false],
    ['What? he said', false],
  ])('ask or do not: “%s”: %s', (text, isAsked) => {
    expect(sentencesOf(text).at(-1)?.isAsked).toBe(isAsked);
  });
});
