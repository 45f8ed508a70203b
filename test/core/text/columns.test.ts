import { describe, expect, it } from 'vitest';
import { clipColumns, columnsOf } from '../../../src/core/text/columns.ts';

describe('the width of a text', () => {
  it.each([
    ['', 0],
    ['Hello', 5],
    ['Привет', 6],
    ['שלום', 4],
    ['سلام', 4],
    ['会議', 4],
    ['Hi 会議', 7],
    ['회의', 4],
    ['ﾊﾝｶｸ', 4],
    ['e\u0301t', 2], // an accent stands on its letter
    ['a\u200bb', 2],
    ['👍', 2],
  ])('of %j is %i columns', (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });
});

describe('a text in a narrow place', () => {
  it.each([
    ['stays as it is where it fits', 'Hello', 5, 'Hello'],
    ['ends in an ellipsis, which counts as well', 'Hello you', 6, 'Hello…'],
    ['has no space before the ellipsis', 'Hello you', 7, 'Hello…'],
    ['keeps the space that it begins with', ' Hello you', 7, ' Hello…'],
    ['is cut between signs of two columns', '会議室', 5, '会議…'],
    ['has no half of a sign', '会議室', 4, '会…'],
    ['keeps an accent with its letter', 'e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
    ['is an ellipsis where nothing else fits', 'Hello', 1, '…'],
  ])('%s', (_, text, maxColumns, shown) => {
    expect(clipColumns(text, maxColumns)).toBe(shown);
    expect(columnsOf(shown)).toBeLessThanOrEqual(maxColumns);
  });
});
