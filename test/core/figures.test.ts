import { describe, expect, it } from 'vitest';
import { Figures } from '../../src/core/figures.ts';

describe('the numbers of a meeting', () => {
  it('have a middle and a slow end, of the latest hundred', () => {
    const figures = new Figures();
    expect(figures.told(0)).toEqual({ sentMs: 0, lostMs: 0 });
    for (let index = 0; index < 50; index += 1) figures.final(60_000); // long ago
    for (let lateMs = 1; lateMs <= 100; lateMs += 1) figures.final(lateMs);
    figures.posted(700);
    expect(figures.told(5_000)).toEqual({
      sentMs: 5_000,
      lostMs: 0,
      final: { p50Ms: 50, p95Ms: 95 },
      posted: { p50Ms: 700, p95Ms: 700 },
    });
  });

  it('add up what was lost, of everybody; what was said in a pause is no loss', () => {
    const figures = new Figures();
    figures.lost({ speakerId: '1', startMs: 1_000, endMs: 3_000, reason: 'too much at once' });
    figures.lost({ startMs: 2_000, endMs: 2_500, reason: 'voice connection lost' });
    figures.lost({ startMs: 10_000, endMs: 90_000, reason: 'paused' });
    expect(figures.told(0).lostMs).toBe(2_500);
  });
});
