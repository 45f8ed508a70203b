import { describe, expect, it } from 'vitest';
import { splitAtWords } from '../../../src/discord/formatting/split.ts';

const PILE = `a${'\u0301'.repeat(99)}`; // one character to people, a hundred to Discord

describe('a text in pieces', () => {
  it.each([
    ['is one where it fits', 'ab cd', 5, ['ab cd']],
    ['is cut at a space where it does not', 'ab cd', 4, ['ab', 'cd']],
    ['fills each piece', 'ab cd ef gh', 5, ['ab cd', 'ef gh']],
    ['is none where there is nothing', '', 5, []],
    ['has a word of its own length in a piece', 'ab cdefg hi', 5, ['ab', 'cdefg', 'hi']],
    ['has a longer word cut, and goes on behind it', 'ab cdefghi j', 5, ['ab', 'cdefg', 'hi j']],
    ['has the longer word cut as often as it takes', 'abcdefghijk', 5, ['abcde', 'fghij', 'k']],
    ['begins with a longer word', 'abcdef', 5, ['abcde', 'f']],
    ['is not cut within a character', '👍🏽👍🏽', 7, ['👍🏽', '👍🏽']],
    ['is not cut behind a backslash', '\\*\\*\\*', 5, ['\\*\\*', '\\*']],
    ['knows a backslash that escapes another', '\\\\ab', 3, ['\\\\a', 'b']],
    ['may end in a backslash', 'abcd\\', 4, ['abcd', '\\']],
    ['has a character that is longer than a piece alone', '👍🏽a', 3, ['👍🏽', 'a']],
    ['is cut within a pile of more than 64 accents', PILE, 60, [PILE.slice(0, 60), PILE.slice(60)]],
    ['is not cut within a pile of less', `xx${PILE.slice(0, 64)}`, 64, ['xx', PILE.slice(0, 64)]],
    [
      'keeps a backslash with what begins such a pile',
      `x\\${PILE}`,
      2,
      ['x', '\\a', ...Array(49).fill('\u0301\u0301'), '\u0301'],
    ],
  ])('%s', (_, text, maxLength, pieces) => {
    expect(splitAtWords(text, maxLength)).toEqual(pieces);
  });
});
