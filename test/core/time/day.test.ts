import { describe, expect, it } from 'vitest';
import { beginningOf, dayIn, weekdayIn } from '../../../src/core/time/day.ts';

describe('the day in a server', () => {
  it.each([
    ['2026-11-23T23:30:00Z', 'UTC', '2026-11-23', 'Monday'],
    ['2026-11-23T23:30:00Z', 'Europe/Berlin', '2026-11-24', 'Tuesday'],
    ['2026-11-23T04:30:00Z', 'America/New_York', '2026-11-22', 'Sunday'],
    ['2026-11-23T11:30:00Z', 'Pacific/Kiritimati', '2026-11-24', 'Tuesday'],
  ])('of %s in %s is %s, a %s', (time, zone, day, weekday) => {
    expect(dayIn(new Date(time), zone)).toBe(day);
    expect(weekdayIn(new Date(time), zone)).toBe(weekday);
  });

  it.each([
    ['2026-11-23', 'UTC', '2026-11-23T00:00:00.000Z'],
    ['2026-11-23', 'Europe/Berlin', '2026-11-22T23:00:00.000Z'],
    ['2026-11-23', 'America/New_York', '2026-11-23T05:00:00.000Z'],
    ['2026-11-23', 'Pacific/Kiritimati', '2026-11-22T10:00:00.000Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'], // clocks go forward later that day
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'], // and back
    ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z'],
  ])('%s in %s begins at %s', (day, zone, at) => {
    expect(beginningOf(day, zone)?.toISOString()).toBe(at);
  });

  it.each(['2026-11-31', '2026-13-01', 'today', '', '2026-1-1'])('does not begin when there is none: %j', (day) => {
    expect(beginningOf(day, 'Europe/Berlin')).toBeUndefined();
  });
});
