import { describe, expect, it } from 'vitest';
import { type PublishedFinal, PublishedFinals } from '../../../src/palabra/results/published-finals.ts';
import { makeFinal } from '../../support/make.ts';

// A sample lasts a millisecond: every number here is a time.
function finalAt(from: number, to: number, isEarlier = true): PublishedFinal {
  return {
    segment: makeFinal(),
    from,
    to,
    translated: new Set(),
    awaited: new Set(),
    giveUpMs: 0,
    isEarlier,
    saidAgainTo: Number.NEGATIVE_INFINITY,
  };
}
function remembered(...finals: readonly PublishedFinal[]): PublishedFinals {
  const published = new PublishedFinals((ms) => ms);
  for (const final of finals) published.rememberFinal(final);
  return published;
}
const ALL = 1_000_000; // all audio is being sent for the second time

describe('what an earlier socket said already', () => {
  const final = finalAt(5_000, 7_000);
  it.each([
    ['the same stretch', 5_000, 7_000, ALL, true],
    ['a part of it', 5_500, 6_000, ALL, true],
    ['one that begins 300 ms sooner', 4_700, 7_000, ALL, true],
    ['not one that begins sooner still', 4_699, 7_000, ALL, false],
    ['one that ends 100 ms later', 5_000, 7_100, ALL, true],
    ['not one that ends later still', 5_000, 7_101, ALL, false],
    ['not one that only touches it before', 4_800, 5_000, ALL, false],
    ['one that reaches into it', 4_800, 5_001, ALL, true],
    ['not one that only touches it behind', 7_000, 7_050, ALL, false],
    ['one that begins in it', 6_999, 7_050, ALL, true],
    ['not what is sent for the first time', 5_000, 7_000, 5_000, false],
    ['what ends 100 ms behind the audio that is sent again', 5_000, 7_000, 6_900, true],
    ['not what ends later behind it', 5_000, 7_000, 6_899, false],
  ])('is %s', (_, from, to, sentBefore, isRepeated) => {
    expect(remembered(final).findRepeated(from, to, sentBefore)).toBe(isRepeated ? final : undefined);
  });

  it('is not what the present socket said', () => {
    expect(remembered(finalAt(5_000, 7_000, false)).findRepeated(5_000, 7_000, ALL)).toBeUndefined();
  });

  it('may be several utterances, and is then the last of them', () => {
    const [first, second] = [finalAt(1_000, 2_000), finalAt(2_500, 4_000)];
    const published = remembered(first, second);
    expect(published.findRepeated(700, 4_100, ALL)).toBe(second);
    expect(published.findRepeated(699, 4_100, ALL)).toBeUndefined();
    expect(published.findRepeated(700, 4_101, ALL)).toBeUndefined();
  });

  it('does not come back a third time over one socket', () => {
    const published = remembered(finalAt(1_000, 2_000), finalAt(5_000, 7_000));
    published.markSaidAgain(5_000, 6_000);
    expect(published.findRepeated(5_699, 7_000, ALL)).toBeUndefined();
    expect(published.findRepeated(5_700, 7_000, ALL)).toBeDefined(); // the rest of it
    expect(published.findRepeated(1_000, 2_000, ALL)).toBeDefined(); // something else
  });

  it('was not said again where something else was, right before or behind it', () => {
    const published = remembered(finalAt(5_000, 7_000));
    published.markSaidAgain(4_000, 5_000);
    published.markSaidAgain(7_000, 8_000);
    expect(published.findRepeated(5_000, 7_000, ALL)).toBeDefined();
  });

  it('is everything that was said, once another socket speaks', () => {
    const published = remembered(finalAt(5_000, 7_000, false));
    published.markSaidAgain(5_000, 7_000);
    published.socketGone();
    expect(published.findRepeated(5_000, 7_000, ALL)).toBeDefined();
  });

  it('is remembered of the latest 64 utterances', () => {
    const many = Array.from({ length: 65 }, (_, index) => finalAt(index * 1_000, index * 1_000 + 500));
    expect(remembered(...many.slice(0, 64)).findRepeated(0, 500, ALL)).toBeDefined();
    expect(remembered(...many).findRepeated(0, 500, ALL)).toBeUndefined();
    expect(remembered(...many).findRepeated(1_000, 1_500, ALL)).toBeDefined();
  });
});

describe('times of which the present socket spoke already', () => {
  const present = finalAt(5_000, 7_000, false);
  it.each([
    ['the same', 5_000, 7_000, true],
    ['some that are half within', 4_000, 6_000, false],
    ['some that are more than half within', 4_001, 6_001, true],
    ['some before', 3_000, 5_000, false],
    ['some behind', 7_000, 9_000, false],
    ['a moment within', 6_000, 6_000, true],
    ['the moment at which it began', 5_000, 5_000, false],
    ['a moment that is long over', 9_000, 9_000, false],
  ])('are %s: %i to %i, %s', (_, from, to, isTaken) => {
    expect(remembered(present).isTimeTaken(from, to)).toBe(isTaken);
  });

  it('are those of several utterances together', () => {
    const published = remembered(present, finalAt(7_000, 9_000, false));
    expect(published.isTimeTaken(6_000, 8_000)).toBe(true);
    expect(published.isTimeTaken(4_000, 11_000)).toBe(true);
    expect(published.isTimeTaken(2_000, 11_000)).toBe(false);
  });

  it('are none of what an earlier socket said', () => {
    expect(remembered(finalAt(5_000, 7_000)).isTimeTaken(5_000, 7_000)).toBe(false);
  });
});
