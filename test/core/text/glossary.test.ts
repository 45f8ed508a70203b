import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Term } from '../../../src/core/settings.ts';
import { inOwnWords, segmentInOwnWords } from '../../../src/core/text/glossary.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';
import { makeFinal, makeTranslation } from '../../support/make.ts';

function term(written: string, heard: string[] = [], translations: Record<string, string> = {}): Term {
  return { written, heard, translations };
}

describe('a glossary', () => {
  it.each([
    [
      'a term in any case as it is to be written',
      'we use GRAPHQL and Graphql',
      [term('GraphQL')],
      'we use GraphQL and GraphQL',
    ],
    [
      'what a term is heard as',
      'post gress and Post  Gress',
      [term('Postgres', ['post gress'])],
      'Postgres and Postgres',
    ],
    ['whole words only', 'the cart, art and Art-deco', [term('ART', ['art'])], 'the cart, ART and ART-deco'],
    ['accented and other letters as parts of words', 'éart artи art', [term('ART', ['art'])], 'éart artи ART'],
    [
      'what is heard with a capital only so',
      'Rust never rusts, rust does',
      [term('RUST', ['Rust'])],
      'RUST never rusts, rust does',
    ],
    ['the longest of several', 'new york times', [term('NY', ['new york']), term('NYT', ['new york times'])], 'NYT'],
    ['terms that name each other once', 'a then b', [term('b', ['a']), term('a', ['b'])], 'b then a'],
    ['signs in a term as signs', 'c++ and c# (c)', [term('C++', ['c++']), term('C♯', ['c#'])], 'C++ and C♯ (c)'],
    ['Cyrillic in any case', 'ПАЛАБРА и палабра', [term('Palabra', ['палабра'])], 'Palabra и Palabra'],
    [
      'Japanese within a sentence',
      '明日はパラブラの会議です',
      [term('Palabra', ['パラブラ'])],
      '明日はPalabraの会議です',
    ],
    ['composed and decomposed letters alike', 'cafe\u0301 noir', [term('CAFÉ', ['café'])], 'CAFÉ noir'],
    [
      'a term that goes on in signs only as a whole',
      'c+ c++ c',
      [term('C++', ['c++']), term('Sea', ['c'])],
      'Sea+ C++ Sea',
    ],
    [
      'the longest that stands there to its end',
      'new york timesx',
      [term('NY', ['new york']), term('NYT', ['new york times'])],
      'NY timesx',
    ],
    ['letters next to Japanese as part of a longer word', '会api議 api', [term('API', ['api'])], '会api議 API'],
    ['letters behind Japanese as part of a longer word', 'パラapi x', [term('API', ['api'])], 'パラapi x'],
    ['letters before Japanese as part of a longer word', 'x api議', [term('API', ['api'])], 'x api議'],
    ['letters apart from Japanese as a word', '会 api 会', [term('API', ['api'])], '会 API 会'],
    ['a term without the spaces around it', 'the api', [term('API', ['  api '])], 'the API'],
    ['letters that are alike in capitals only as they are', 'mass', [term('Scale', ['maß'])], 'mass'],
    ['Japanese next to letters wherever it stands', 'xパラx', [term('Para', ['パラ'])], 'xParax'],
    [
      'what is heard with a capital before what is heard in any case',
      'Rust',
      [term('low', ['rust']), term('HIGH', ['Rust'])],
      'HIGH',
    ],
    ['a final sigma like any other', 'ΣΑΣ σας', [term('You', ['σας'])], 'You You'],
    ['what looks like a pattern as text', 'a.b axb $& $1', [term('$& $1', ['a.b'])], '$& $1 axb $& $1'],
  ])('writes %s', (_, said, glossary, written) => {
    expect(inOwnWords(said, 'en', glossary)).toBe(written);
  });

  it('puts in the word of the language of the text, and else the term itself', () => {
    const glossary = [term('Board', ['board'], { es: 'Consejo' })];
    expect(inOwnWords('el board', 'es', glossary)).toBe('el Consejo');
    expect(inOwnWords('el Board', 'es-MX', glossary)).toBe('el Consejo');
    expect(inOwnWords('o board', 'pt_BR', [term('Board', ['board'], { 'pt-PT': 'Mesa', 'pt-BR': 'Conselho' })])).toBe(
      'o Conselho',
    );
    for (const language of ['en', 'constructor', '__proto__', '']) {
      expect(inOwnWords('the board', language, glossary)).toBe('the Board');
    }
  });

  it('changes the text of a segment and nothing else', () => {
    const glossary = [term('Hallo', ['hello']), term('Todos', ['todos'])];
    expect(segmentInOwnWords(makeFinal(), glossary)).toEqual(makeFinal({ text: 'Hallo everyone' }));
    expect(segmentInOwnWords(makeTranslation(), glossary)).toEqual(makeTranslation({ text: 'Hola a Todos' }));
    const untouched = makeFinal({ text: 'Good morning' });
    expect(segmentInOwnWords(untouched, glossary)).toBe(untouched);
  });

  it('leaves everything as it is when it is empty, and what it has written when it is applied again', () => {
    const word = fc.stringMatching(/^[a-zé]{1,6}$/);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(word, { maxLength: 5 }), (text, words) => {
        expect(inOwnWords(text, 'en', [])).toBe(text);
        const glossary = words.map((heard) => term(heard.toUpperCase(), [heard]));
        const once = inOwnWords(`${text} ${words.join(' ')}`, 'en', glossary);
        expect(inOwnWords(once, 'en', glossary)).toBe(once);
      }),
    );
  });

  it.each(['', ' ', '\\', '[', '(?:', '-', '/', '\ud83d', '.*'])('takes %j for a term without failing', (heard) => {
    expect(inOwnWords('plain words', 'en', [term('X', [heard]), term(heard)])).toContain('plain');
  });

  /** As a manager may fill it: a hundred terms of ten forms, all of which begin alike and go on for as long as they may. */
  const worst = (beginning: string) =>
    Array.from({ length: 100 }, (_, n) =>
      term(
        `term ${n}`,
        Array.from({ length: 10 }, (_, m) => `${beginning}${n} ${m}`),
      ),
    );

  it.each([
    ['words that every term begins with', 'a '.repeat(26), 'a '],
    ['one letter over and over', 'a'.repeat(52), 'a'],
    ['characters that are words of their own', '一'.repeat(52), '一'],
    ['signs', '+'.repeat(52), '+'],
    ['spaces', 'a b', ' '],
  ])('takes no longer over a line of %s, however many terms there are', async (_, beginning, unit) => {
    const glossary = worst(beginning);
    const line = unit.repeat(4_000 / unit.length);
    const tookMs = await cpuMsOf(() => expect(inOwnWords(line, 'en', glossary)).toBe(line));
    expect(tookMs).toBeLessThan(700); // 2 to 30 s before
  });

  it('is put into a record of 5,000 lines in less time than a page takes to load', async () => {
    const glossary = worst('a '.repeat(26));
    const said = Array.from({ length: 5_000 }, (_, n) =>
      makeFinal({ text: `We agreed to ship a release on Monday, and Ana writes the notes about it, number ${n}` }),
    );
    const tookMs = await cpuMsOf(() => said.map((final) => segmentInOwnWords(final, glossary)));
    expect(tookMs).toBeLessThan(1_500); // 20 s before
  });
});
