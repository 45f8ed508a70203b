import { describe, expect, it } from 'vitest';
import { RateLimit } from '../../../src/voice/connection/rate-limit.ts';

/** How many of so many at that time are too often. */
const tooOften = (limit: RateLimit, count: number, nowMs: number) =>
  Array.from({ length: count }, () => limit.isExceeded(nowMs)).filter(Boolean).length;

describe('what may happen five times at once, and twice a second for good', () => {
  it('may not happen a sixth time at once', () => {
    expect(tooOften(new RateLimit(5, 2), 6, 1_000)).toBe(1);
  });

  it('may happen again as time passes', () => {
    const limit = new RateLimit(5, 2);
    tooOften(limit, 5, 1_000);
    expect(tooOften(limit, 1, 1_499)).toBe(1);
    expect(tooOften(limit, 2, 2_000)).toBe(1); // what was too often counts as well
    expect(tooOften(limit, 3, 4_000)).toBe(0);
    expect(tooOften(limit, 1, 4_000)).toBe(1);
  });

  it('is never saved up beyond that', () => {
    const limit = new RateLimit(5, 2);
    tooOften(limit, 1, 1_000);
    expect(tooOften(limit, 6, 1_000_000)).toBe(1);
  });

  it('takes nothing away when a clock goes back', () => {
    const limit = new RateLimit(5, 2);
    tooOften(limit, 1, 10_000);
    expect(tooOften(limit, 4, 1_000)).toBe(0);
  });
});
