import { describe, expect, it } from 'vitest';
import { snippetOf } from '../../../src/core/text/snippet.ts';

/** The snippet as one text, matches in brackets. */
function shown(text: string, ...words: readonly string[]): string {
  const matches = words.map((word) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length }));
  return snippetOf(text, matches)
    .map((part) => (part.isMatch ? `[${part.text}]` : part.text))
    .join('');
}

const long = (word: string) => `${'before '.repeat(20)}${word}${' after'.repeat(40)}`;

describe('a snippet', () => {
  it.each([
    ['shows a short text whole, with all that matches', 'one two three', ['one', 'three'], '[one] two [three]'],
    ['shows the beginning where nothing matches', 'one two', [], 'one two'],
    ['marks all of a text', 'one', ['one'], '[one]'],
    ['cuts between words', long('HERE'), ['HERE'], `…${'before '.repeat(5)}[HERE]${' after'.repeat(20)}…`],
    [
      'shows no match that it has cut off',
      `${long('HERE')} LAST`,
      ['HERE', 'LAST'],
      `…${'before '.repeat(5)}[HERE]${' after'.repeat(20)}…`,
    ],
  ])('%s', (_, text, words, expected) => {
    expect(shown(text, ...words)).toBe(expected);
  });

  it('cuts scripts without spaces between characters, never inside of one', () => {
    const text = `${'𠮷'.repeat(50)}X${'𠮷'.repeat(100)}`;
    const parts = snippetOf(text, [{ start: 100, end: 101 }]).map((part) => part.text);
    expect(parts.join('').isWellFormed()).toBe(true);
    expect(parts[0]).toBe('…');
    expect(parts.at(-1)).toBe('…');
    expect(parts.join('').length).toBeLessThan(170);
  });
});
