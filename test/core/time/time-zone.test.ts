import { describe, expect, it } from 'vitest';
import { readTimeZone } from '../../../src/core/time/time-zone.ts';

describe('a time zone that somebody typed', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    [' europe/berlin ', 'Europe/Berlin'],
    ['utc', 'UTC'],
    ['+01:00', undefined], // knows no summer time
    ['Europe/Atlantis', undefined],
    ['', undefined],
  ])('%j is %s', (typed, name) => {
    expect(readTimeZone(typed)).toBe(name);
  });
});
