import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Silence } from '../../../src/discord/limits/silence.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a silence', () => {
  it('is too long only after the last news', () => {
    const tooLong = vi.fn();
    const silence = new Silence(100, tooLong);
    vi.advanceTimersByTime(90);
    silence.hearNews();
    vi.advanceTimersByTime(90);
    expect(tooLong).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10);
    expect(tooLong).toHaveBeenCalledOnce();
  });

  it('may be as long as it likes while there is a reason for it', () => {
    const tooLong = vi.fn();
    const silence = new Silence(100, tooLong);
    const [one, other] = [silence.excuse(), silence.excuse()];
    one();
    silence.hearNews();
    vi.advanceTimersByTime(10_000);
    expect(tooLong).not.toHaveBeenCalled();
    other();
    vi.advanceTimersByTime(100);
    expect(tooLong).toHaveBeenCalledOnce();
  });

  it('is of no interest when it has ended', () => {
    const tooLong = vi.fn();
    const silence = new Silence(100, tooLong);
    silence.end();
    silence.excuse()();
    vi.advanceTimersByTime(10_000);
    expect(tooLong).not.toHaveBeenCalled();
  });
});
