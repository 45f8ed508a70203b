import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Rounds } from '../../../../src/web/live/feed/rounds.ts';

describe('the readers of a feed', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => void vi.useRealTimers();
  });

  it.each([
    [1, 40], // each word by itself
    [100, 4], // every 10 ms
    [400, 1],
    [100_000, 0], // every 150 ms at the longest
  ])('are woken together: %d of them %d times after the first, for forty words in 40 ms', async (readers, times) => {
    using rounds = new Rounds();
    let woken = 0;
    rounds.watch(() => {
      woken += 1;
    });
    for (let i = 1; i < readers; i++) rounds.watch(() => {});
    rounds.wakeAll();
    expect(woken).toBe(1); // at once
    for (let i = 0; i < 40; i++) {
      await vi.advanceTimersByTimeAsync(1);
      rounds.wakeAll();
    }
    expect(woken - 1).toBe(times);
    await vi.advanceTimersByTimeAsync(150);
    expect(woken).toBe(times + (readers > 1 ? 2 : 1)); // the last words are not forgotten
  });

  it('are not woken when they have gone, or when the feed is closed', async () => {
    const rounds = new Rounds();
    const woken: string[] = [];
    const unwatch = rounds.watch(() => woken.push('gone'));
    for (let i = 0; i < 100; i++) rounds.watch(() => woken.push('there'));
    unwatch();
    rounds.wakeAll();
    expect(woken).toEqual(Array.from({ length: 100 }, () => 'there'));
    rounds.wakeAll();
    rounds[Symbol.dispose]();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(woken).toHaveLength(100);
  });
});
