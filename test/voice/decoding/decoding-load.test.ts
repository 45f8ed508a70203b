import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DecodingLoad } from '../../../src/voice/decoding/decoding-load.ts';

const PER_PERSON = 50; // packets a second

describe('the decoding load', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Whether the load is high after this many people have talked for a second. */
  function afterASecondOf(people: number, load: DecodingLoad): boolean {
    for (let i = 0; i < people * PER_PERSON; i++) load.countPacket();
    vi.advanceTimersByTime(1_000);
    return load.isHigh;
  }

  it('is high with 80 people who talk at once, until there are fewer than 60', () => {
    const load = new DecodingLoad();
    expect([1, 79, 80, 60, 59, 79].map((people) => afterASecondOf(people, load))).toEqual([
      false,
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it('is watched only while somebody talks', () => {
    const load = new DecodingLoad();
    afterASecondOf(100, load);
    expect(vi.getTimerCount()).toBe(1);
    expect(afterASecondOf(0, load)).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
    expect(afterASecondOf(100, load)).toBe(true);
  });
});
