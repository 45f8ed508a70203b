import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { KnownFailure } from '../../../src/discord/messages/failure.ts';
import { giveWay, importanceNow } from '../../../src/discord/messages/importance.ts';

beforeEach(() => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
});

const crowdedOut = () => new KnownFailure({ kind: 'crowded out', waitMs: 250 });

describe('a request that gives way', () => {
  it('asks again when it was crowded out, and is not in anybody’s way', async () => {
    const asked: string[] = [];
    const given = giveWay(async () => {
      asked.push(importanceNow());
      if (asked.length < 3) throw crowdedOut();
      return 'there';
    });
    await vi.advanceTimersByTimeAsync(600);
    expect(await given).toBe('there');
    expect(asked).toEqual(['may wait', 'may wait', 'may wait']);
  });

  it('gives way for half a minute only', async () => {
    const given = giveWay(async () => {
      if (importanceNow() === 'may wait') throw crowdedOut();
      return performance.now();
    });
    const beganMs = performance.now();
    await vi.advanceTimersByTimeAsync(40_000);
    expect((await given) - beganMs).toBeGreaterThanOrEqual(30_000);
  });

  it('passes every other failure on at once', async () => {
    const gone = new KnownFailure({ kind: 'logged out' });
    await expect(giveWay(() => Promise.reject(gone))).rejects.toBe(gone);
  });
});
