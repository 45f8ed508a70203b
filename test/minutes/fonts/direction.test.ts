import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRightToLeft, visualRuns } from '../../../src/minutes/fonts/direction.ts';

/** The runs of a line as they appear on paper. Within a run, characters keep their order. */
function onPaper(line: string): string[] {
  return visualRuns(line, isRightToLeft(line))
    .map(({ text }) => text)
    .filter((text) => text !== ' ');
}

describe('the direction of a text', () => {
  it.each([
    ['مرحبا Ana', true],
    ['שלום', true],
    ['Ana مرحبا', false],
    ['3 > 2: مرحبا', true],
    ['会議', false],
    ['123', false],
  ])('is decided by its first letter: %j', (text, expected) => {
    expect(isRightToLeft(text)).toBe(expected);
  });
});

describe('a line on paper', () => {
  it('stays unchanged when it runs from left to right', () => {
    expect(visualRuns('Hello (world), 3.5 %', false)).toEqual([{ text: 'Hello (world), 3.5 %', isRightToLeft: false }]);
  });

  it('has its first Arabic word on the right', () => {
    expect(onPaper('السلام عليكم يا سعيد')).toEqual(['سعيد', 'يا', 'عليكم', 'السلام']);
  });

  it('keeps Latin words in their order within Arabic', () => {
    expect(onPaper('قال Hello World اليوم')).toEqual(['اليوم', 'Hello World', 'قال']);
  });

  it('reverses the order of Arabic words within Latin', () => {
    expect(onPaper('He said مرحبا بكم today')).toEqual(['He said ', 'بكم', 'مرحبا', ' today']);
  });

  it('never reverses a number', () => {
    expect(onPaper('في 10:30 يوم 2026')).toEqual(['2026', 'يوم', '10:30', 'في']);
  });

  it('mirrors brackets in right-to-left text', () => {
    expect(onPaper('(سعيد)')).toEqual([')سعيد(']);
  });

  it('contains every character once', () => {
    const text = fc.array(fc.constantFrom('مرحبا', 'שלום', 'Ana', '12.5', ' ', ' ', '.', '!', '会', '👩‍👧'), {
      maxLength: 14,
    });
    fc.assert(
      fc.property(text, fc.boolean(), (parts, base) => {
        const line = parts.join('');
        const shown = visualRuns(line, base).map(({ text }) => text);
        expect([...shown.join('')].toSorted()).toEqual([...line].toSorted());
      }),
    );
  });
});
