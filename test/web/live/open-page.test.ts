import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { LiveFeed } from '../../../src/web/live/feed.ts';
import { OpenPage } from '../../../src/web/live/open-page.ts';
import { makeFinal } from '../../support/make.ts';

const SIGN = ': still here\n\n';
const PACE = { signOfLifeMs: 15_000, takenWithinMs: 30_000 };

/** A browser that takes whatever comes, under a clock of its own. */
function opened() {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const feed = new LiveFeed(new Date(), undefined);
  let isCutOff = false;
  const page = new OpenPage(
    feed,
    PACE,
    () => {
      isCutOff = true;
    },
    () => {},
  );
  onTestFinished(() => page.abandon());
  const taken: { atMs: number; text: string }[] = [];
  const begunMs = performance.now();
  void (async () => {
    for await (const piece of page.body) {
      taken.push({ atMs: performance.now() - begunMs, text: Buffer.from(piece).toString() });
    }
  })();
  const signs = () => taken.flatMap(({ atMs, text }) => (text === SIGN ? [atMs] : []));
  return { feed, page, taken, signs, isCutOff: () => isCutOff };
}

describe('an open page on which nobody says anything', () => {
  it('gives a sign of life at once and every 15 s', async () => {
    const { signs, isCutOff } = opened();
    await vi.advanceTimersByTimeAsync(0);
    expect(signs()).toEqual([0]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(signs()).toEqual([0, 15_000, 30_000, 45_000, 60_000]);
    expect(isCutOff()).toBe(false);
  });

  it('gives them also while it is looked all the time whether its reader may read', async () => {
    const { page, signs } = opened();
    for (let ms = 0; ms < 60_000; ms += 1_000) {
      page.hold(true);
      await vi.advanceTimersByTimeAsync(500);
      page.hold(false);
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(signs()).toEqual([0, 15_000, 30_000, 45_000, 60_000]);
  });

  it('gives them while nothing may be shown', async () => {
    const { feed, page, signs, taken } = opened();
    page.hold(true);
    feed.take({ segment: makeFinal(), name: 'Ana' });
    await vi.advanceTimersByTimeAsync(31_000);
    expect(signs()).toHaveLength(3);
    expect(taken).toHaveLength(3);
  });

  it('counts 15 s from the last line', async () => {
    const { feed, signs } = opened();
    await vi.advanceTimersByTimeAsync(10_000);
    feed.take({ segment: makeFinal(), name: 'Ana' });
    await vi.advanceTimersByTimeAsync(15_000);
    expect(signs()).toEqual([0, 25_000]);
  });
});
