import { describe, expect, it } from 'vitest';
import { wordsFor } from '../../../src/i18n/words.ts';
import { asDate, asDuration, asOffset, asTimeOfDay, asTimestamp } from '../../../src/minutes/model/times.ts';

describe('times in minutes', () => {
  it.each([
    [0, '00:00:00'],
    [999, '00:00:00'],
    [1_000, '00:00:01'],
    [59_999, '00:00:59'],
    [60_000, '00:01:00'],
    [3_723_999, '01:02:03'],
    [360_000_000, '100:00:00'],
    [-5_000, '00:00:00'],
  ])('are shown %i ms into a meeting as %s', (ms, shown) => {
    expect(asOffset(ms)).toBe(shown);
  });

  it.each([
    [0, 'under 1 s'],
    [499, 'under 1 s'],
    [500, '1 s'],
    [1_499, '1 s'],
    [59_499, '59 s'],
    [60_000, '1 min'],
    [200_000, '3 min 20 s'],
    [3_600_000, '1 h'],
    [3_659_000, '1 h'],
    [3_720_000, '1 h 2 min'],
  ])('last, where they took %i ms, %s', (ms, shown) => {
    expect(asDuration(ms, wordsFor('en-US'))).toBe(shown);
  });

  it.each([
    [3_723_045, '.', '01:02:03.045'],
    [3_723_045.4, ',', '01:02:03,045'],
    [999.6, '.', '00:00:01.000'],
    [-1, '.', '00:00:00.000'],
  ] as const)('are, in captions, of %d ms with %s, %s', (ms, decimal, shown) => {
    expect(asTimestamp(ms, decimal)).toBe(shown);
  });

  it('are those of a zone', () => {
    const time = new Date('2026-11-23T23:30:05Z');
    expect([asDate(time), asTimeOfDay(time)]).toEqual(['2026-11-23', '23:30:05']);
    expect([asDate(time, 'Europe/Berlin'), asTimeOfDay(time, 'Europe/Berlin')]).toEqual(['2026-11-24', '00:30:05']);
  });
});
