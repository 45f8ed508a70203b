import { describe, expect, it } from 'vitest';
import type { MinutesModel } from '../../../src/minutes/model/minutes-model.ts';
import { mergeSpans, overlaps, type Span, talkSpans } from '../../../src/minutes/model/talk-spans.ts';

const spans = (...pairs: readonly (readonly [number, number])[]): Span[] =>
  pairs.map(([startMs, endMs]) => ({ startMs, endMs }));

describe('stretches that are merged', () => {
  it.each([
    ['are one where they are as near as that', spans([0, 10], [15, 20]), spans([0, 20])],
    ['are two where they are further apart', spans([0, 10], [16, 20]), spans([0, 10], [16, 20])],
    ['are in order', spans([30, 40], [0, 10]), spans([0, 10], [30, 40])],
    ['end where the last of them ends', spans([0, 50], [10, 20], [55, 60]), spans([0, 60])],
    ['never end before they begin', spans([10, 5]), spans([10, 10])],
    ['are none of none', [], []],
  ])('%s', (_, given, merged) => {
    expect(mergeSpans(given, 5)).toEqual(merged);
  });
});

describe('when several speak at once', () => {
  it.each([
    ['never, where one follows the other', [spans([0, 10]), spans([10, 20])], []],
    ['while two do', [spans([0, 10]), spans([5, 20])], spans([5, 10])],
    ['while three do, once', [spans([0, 30]), spans([5, 20]), spans([10, 25])], spans([5, 25])],
    ['each time', [spans([0, 10], [100, 110]), spans([5, 105])], spans([5, 10], [100, 105])],
    ['once, where the times are as near as that', [spans([0, 10], [14, 20]), spans([5, 18])], spans([5, 18])],
    ['never, where only one speaks', [spans([0, 10], [20, 30])], []],
  ])('is %s', (_, groups, both) => {
    expect(overlaps(groups, 5)).toEqual(both);
  });
});

describe('when each person speaks', () => {
  it('is by name, over all of their passages', () => {
    const passages = [
      { name: 'Ana', lines: spans([0, 10], [12, 20]) },
      { name: 'Ben', lines: spans([15, 30]) },
      { name: 'Ana', lines: spans([40, 50]) },
    ];
    const spoken = talkSpans({ passages } as unknown as MinutesModel, 5); // as far as it is read
    expect([...spoken]).toEqual([
      ['Ana', spans([0, 20], [40, 50])],
      ['Ben', spans([15, 30])],
    ]);
  });
});
