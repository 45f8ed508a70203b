import { describe, expect, it } from 'vitest';
import { wordsToFind } from '../../../src/core/asking/question-words.ts';

describe('the words of a question', () => {
  it.each<[string, string[]]>([
    ['Who writes the announcement, and by when?', ['announce', 'writ']],
    ['What was decided about the QA budget for 2027?', ['decid', 'budg', '2027', 'qa']],
    ['¿Quién escribe el anuncio y para cuándo?', ['escri', 'anunc']],
    ['Qui prévient l’équipe des clients ?', ['prévie', 'clien', 'équi']],
    ['Wann geht die Lieferung an die Kunden raus?', ['liefer', 'geht', 'kund', 'raus']],
    ['Quem vai avisar os clientes?', ['client', 'avis']],
    ['予算は誰が決めましたか?', ['予算', '決め']],
    ['예산은 얼마?', ['예산', '얼마']],
  ])('are those that name something, shortened: %s', (question, words) => {
    expect(wordsToFind(question)).toEqual(words);
  });

  it('are none where nothing is named', () => {
    expect(wordsToFind('What did they say?')).toEqual([]);
    expect(wordsToFind('?! 🎉 \u0000 @')).toEqual([]);
  });

  it('are few, however long the question', () => {
    const long = Array.from({ length: 4_000 }, (_, n) => `thing${n}`).join(' ');
    expect(wordsToFind(long)).toHaveLength(12);
  });
});
