import { describe, expect, it } from 'vitest';
import { newestOf } from '../../../../src/discord/transcript/outbox/line.ts';

const ROOM = 30;

describe('the newest words of what somebody is saying', () => {
  it('are all of it where there is room', () => {
    expect(newestOf('one two three', ROOM)).toBe('one two three');
  });

  it.each([
    ['at a word', `${'older '.repeat(20)}one two three`, /^… (older )*one two three$/],
    [
      'between two characters, where nothing parts the words',
      '一二三四五六七八九十'.repeat(6),
      /^… \p{Script=Han}{15,}九十$/u,
    ],
    ['not between a backslash and what it escapes', `${'*'.repeat(60)} end`, /^… (\\\*)+ end$/],
  ])('are its end where there is none, cut %s', (_where, text, newest) => {
    const shown = newestOf(text, ROOM) ?? '';
    expect(shown).toMatch(newest);
    expect(shown.length).toBeLessThanOrEqual(ROOM);
  });

  it('are not shown where there is hardly any room', () => {
    expect(newestOf('one two three', 5)).toBeUndefined();
  });
});
