import { describe, expect, it } from 'vitest';
import { clip } from '../../../src/core/text/clip.ts';

describe('a text of so many characters', () => {
  it.each([
    ['stays as it is where it fits', 'Hello', 5, 'Hello'],
    ['ends in an ellipsis, which counts as well', 'Hello you', 6, 'Hello…'],
    ['has no space before the ellipsis', 'Hello you', 7, 'Hello…'],
    ['keeps the space that it begins with', ' Hello you', 7, ' Hello…'],
    ['is not cut within a character', 'ab👍🏽c', 6, 'ab…'],
    ['keeps a character that fits exactly', 'ab👍🏽cd', 7, 'ab👍🏽…'],
  ])('%s', (_, text, maxChars, clipped) => {
    expect(clip(text, maxChars)).toBe(clipped);
  });
});
