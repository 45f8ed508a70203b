import { describe, expect, it } from 'vitest';
import { joinedWordsOf, wordsOf } from '../../../../src/storage/journal/search/words.ts';

const words = (text: string) => wordsOf(text).map(({ word }) => word);
const joined = (text: string) =>
  joinedWordsOf(text, wordsOf(text)).map(({ word, start, end }) => [word, text.slice(start, end)]);

describe('the words of a text', () => {
  it.each([
    ['Hello, World!', ['hello', 'world']],
    ['follow-up', ['follow', 'up']],
    ['会議室 A', ['会', '議', '室', 'a']],
    ['API会議', ['api', '会', '議']],
    ['회의', ['회', '의']],
    ['3.5', ['3', '5']],
    ['… —', []],
  ])('%s: %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('say where they stand', () => {
    expect(wordsOf('Ça  va?')).toEqual([
      { word: 'ca', start: 0, end: 2 },
      { word: 'va', start: 4, end: 6 },
    ]);
  });

  it('are 14,000 at most', () => {
    expect(words('a '.repeat(14_000))).toHaveLength(14_000);
    expect(words('a '.repeat(14_001))).toHaveLength(14_000);
  });
});

describe('the words that one sign parts', () => {
  it.each([
    ['a follow-up today', [['followup', 'follow-up']]],
    ["don't", [['dont', "don't"]]],
    ['state-of-the-art', [['stateoftheart', 'state-of-the-art']]],
    [
      'a-b c-d',
      [
        ['ab', 'a-b'],
        ['cd', 'c-d'],
      ],
    ],
    ['Node.js', [['nodejs', 'Node.js']]],
    ['follow - up', []],
    ['follow--up', []],
    ['follow/up', []],
    ['3.5', []],
    ['v1.x', [['v1x', 'v1.x']]],
    ['会-議', []],
    ['plain words', []],
    ['', []],
  ])('are one as well: %s', (text, expected) => {
    expect(joined(text)).toEqual(expected);
  });

  it('are 2,000 at most', () => {
    expect(joined('a-b '.repeat(2_001))).toHaveLength(2_000);
  });
});
