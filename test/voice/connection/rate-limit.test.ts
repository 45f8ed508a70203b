import { describe, expect, it } from 'vitest';
import { RateLimit } from '../../../src/voice/connection/rate-limit.ts';

/** How many of `count` events at that time exceed the limit. */
const tooOften = (limit: RateLimit, count: number, nowMs: number) =>
  Array.from({ length: count }, () => limit.isExceeded(nowMs)).filter(Boolean).length;

describe('a limit of five at once and two a second', () => {
  it('is exceeded by a sixth event at once', () => {
    expect(tooOften(new RateLimit(5, 2), 6, 1_000)).toBe(1);
  });

  it('allows events again as time passes', () => {
    const limit = new RateLimit(5, 2);
    tooOften(limit, 5, 1_000);
    expect(tooOften(limit, 1, 1_499)).toBe(1);
    expect(tooOften(limit, 2, 2_000)).toBe(1); // events beyond the limit count as well
    expect(tooOften(limit, 3, 4_000)).toBe(0);
    expect(tooOften(limit, 1, 4_000)).toBe(1);
  });

  it('never allows more than five at once', () => {
    const limit = new RateLimit(5, 2);
    tooOften(limit, 1, 1_000);
    expect(tooOften(limit, 6, 1_000_000)).toBe(1);
  });

  it('is not stricter when the clock goes back', () => {
    const limit = new RateLimit(5, 2);
    tooOften(limit, 1, 10_000);
    expect(tooOften(limit, 4, 1_000)).toBe(0);
  });
});
