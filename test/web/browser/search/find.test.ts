import { describe, expect, it } from 'vitest';
import { linesWith, nextFound, partsOf } from '../../../../src/web/browser/search/find.ts';
import { makeLine } from '../live/model/support/make-line.ts';

const marked = (text: string, query: string) =>
  partsOf(text, query)
    .map(({ text, isFound }) => (isFound ? `[${text}]` : text))
    .join('');

describe('what a search marks', () => {
  it.each([
    ['nothing', 'Good morning', '', 'Good morning'],
    ['blanks alone', 'Good morning', '  ', 'Good morning'],
    ['a word in capital letters', 'Good morning', 'MORN', 'Good [morn]ing'],
    ['each place', 'the other one', 'the', '[the] o[the]r one'],
    ['a word without its accents', 'Übermorgen, café', 'cafe', 'Übermorgen, [café]'],
    ['a word whose accents are characters of their own', 'cafe\u0301 au lait', 'café', '[cafe\u0301] au lait'],
    ['a word behind letters that become several', 'ﬁne ﬁsh', 'fish', 'ﬁne [ﬁsh]'],
    ['Arabic without vowel signs', 'مَرْحَبًا بالجميع', 'مرحبا', '[مَرْحَبًا] بالجميع'],
    ['Japanese', '今日中に直します', '直し', '今日中に[直し]ます'],
    ['a word behind an emoji', '👍🏽 done', 'done', '👍🏽 [done]'],
    ['what is no pattern', 'a.c abc', 'a.c', '[a.c] abc'],
    ['an empty text', '', 'x', ''],
  ])('is %s', (_, text, query, result) => {
    expect(marked(text, query)).toBe(result);
  });
});

describe('the lines that a search finds', () => {
  const lines = [
    makeLine({ id: 'a', text: 'Hola', language: 'es', original: { text: 'Hello', language: 'en' } }),
    makeLine({ id: 'b', text: 'Buenos días' }),
    makeLine({ id: 'c', name: 'Zoë', text: 'Yes' }),
  ];
  const found = (query: string) => linesWith(query, lines, ({ name }) => name).map(({ id }) => id);

  it.each([
    ['', []],
    ['dias', ['b']],
    ['hello', ['a']],
    ['zoe', ['c']],
    ['ana', ['a', 'b']],
    ['nobody', []],
  ])('for %j are %j', (query, ids) => {
    expect(found(query)).toEqual(ids);
  });

  it('are gone to from the newest, round and round', () => {
    expect(nextFound(lines, undefined, 1)).toBe('c');
    expect(nextFound(lines, 'c', 1)).toBe('a');
    expect(nextFound(lines, 'a', 1)).toBe('b');
    expect(nextFound(lines, 'a', -1)).toBe('c');
    expect(nextFound(lines, 'gone', -1)).toBe('c');
    expect(nextFound([], 'a', 1)).toBeUndefined();
  });
});
