import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startClock } from '../../../src/core/time/clock.ts';

describe("a meeting's clock", () => {
  it('counts from nought, in milliseconds', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const clock = startClock();
    expect([clock.beganAt, clock.nowMs()]).toEqual([new Date(), 0]);
    vi.advanceTimersByTime(1_500);
    expect(clock.nowMs()).toBe(1_500);
  });

  it('goes on for a meeting that began in an earlier process', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const beganAt = new Date(Date.now() - 60_000);
    const clock = startClock(beganAt);
    expect([clock.beganAt, clock.nowMs()]).toEqual([beganAt, 60_000]);
  });

  it('ignores that somebody sets the clock of the machine', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const clock = startClock();
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(100);
    expect(clock.nowMs()).toBe(100);
  });
});
