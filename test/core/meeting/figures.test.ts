import { describe, expect, it } from 'vitest';
import { Figures } from '../../../src/core/meeting/figures.ts';

describe('the numbers of a meeting', () => {
  it('have a middle and a slow end, of the latest hundred', () => {
    const figures = new Figures();
    expect(figures.figuresNow(0)).toEqual({ sentMs: 0, lostMs: 0 });
    const final = (lateMs: number) => figures.noteFinal({ utteranceId: `u${lateMs}`, endMs: 5_000 }, 5_000 + lateMs);
    for (let index = 0; index < 50; index += 1) final(60_000); // long ago
    for (let lateMs = 100; lateMs >= 1; lateMs -= 1) final(lateMs);
    expect(figures.figuresNow(5_000)).toEqual({ sentMs: 5_000, lostMs: 0, final: { p50Ms: 50, p95Ms: 95 } });
  });

  it('count a text as posted once, with its first message', () => {
    const figures = new Figures();
    figures.noteFinal({ utteranceId: 'u1', endMs: 1_000 }, 1_400);
    figures.notePosted('u1', 1_700);
    figures.notePosted('u1', 9_000);
    figures.notePosted('unknown', 9_000);
    expect(figures.figuresNow(0)).toMatchObject({ final: { p50Ms: 400 }, posted: { p50Ms: 700, p95Ms: 700 } });
  });

  it('measure nothing that ended later than it came, and nothing of texts that were posted long after', () => {
    const figures = new Figures();
    figures.noteFinal({ utteranceId: 'early', endMs: 5_000 }, 4_900);
    expect(figures.figuresNow(0).final).toEqual({ p50Ms: 0, p95Ms: 0 });
    for (let index = 0; index < 100; index += 1) figures.noteFinal({ utteranceId: `u${index}`, endMs: 6_000 }, 7_000);
    figures.notePosted('early', 60_000); // a hundred came since
    expect(figures.figuresNow(0).posted).toBeUndefined();
    figures.notePosted('u0', 8_000);
    expect(figures.figuresNow(0).posted).toEqual({ p50Ms: 2_000, p95Ms: 2_000 });
  });

  it('add up what was lost, of everybody; what was said in a pause is no loss', () => {
    const figures = new Figures();
    figures.noteGap({ speakerId: '1', startMs: 1_000, endMs: 3_000, reason: 'too much at once' });
    figures.noteGap({ startMs: 2_000, endMs: 2_500, reason: 'voice connection lost' });
    figures.noteGap({ startMs: 10_000, endMs: 90_000, reason: 'paused' });
    expect(figures.figuresNow(0).lostMs).toBe(2_500);
  });

  it('are told to the metrics, except gaps that an earlier process has told of, and pauses', () => {
    const told: unknown[] = [];
    const metrics = {
      ended: () => {},
      gap: (reason: string, ms: number) => void told.push(['gap', reason, ms]),
      final: (ms: number) => void told.push(['final', ms]),
      shown: (ms: number) => void told.push(['shown', ms]),
    };
    const figures = new Figures(metrics);
    figures.carryOver({ startMs: 0, endMs: 700, reason: 'voice connection lost' });
    figures.noteGap({ startMs: 1_000, endMs: 1_500, reason: 'too much at once' });
    figures.noteGap({ startMs: 2_000, endMs: 9_000, reason: 'paused' });
    figures.noteFinal({ utteranceId: 'u1', endMs: 5_000 }, 5_600);
    figures.notePosted('u1', 5_850);
    figures.notePosted('u1', 7_000); // an edit
    expect(told).toEqual([
      ['gap', 'too much at once', 500],
      ['final', 600],
      ['shown', 250],
    ]);
    expect(figures.figuresNow(0).lostMs).toBe(1_200);
  });
});
