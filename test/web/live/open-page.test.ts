import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { LiveFeed } from '../../../src/web/live/feed/feed.ts';
import { OpenPage } from '../../../src/web/live/open-page.ts';
import { makeFinal } from '../../support/make.ts';

const SIGN = 'event: beat\ndata: \n\n';
const TIMING = { signOfLifeMs: 15_000, takenWithinMs: 30_000 };

/** A browser that takes whatever comes, under fake timers. */
function opened() {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const feed = new LiveFeed(new Date(), undefined);
  let isCutOff = false;
  const page = new OpenPage(
    feed,
    TIMING,
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
  it('sends a sign of life at once and every 15 s', async () => {
    const { signs, isCutOff } = opened();
    await vi.advanceTimersByTimeAsync(0);
    expect(signs()).toEqual([0]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(signs()).toEqual([0, 15_000, 30_000, 45_000, 60_000]);
    expect(isCutOff()).toBe(false);
  });

  it('sends signs of life while the right to read is checked all the time', async () => {
    const { page, signs } = opened();
    for (let ms = 0; ms < 60_000; ms += 1_000) {
      page.hold(true);
      await vi.advanceTimersByTimeAsync(500);
      page.hold(false); // for the first time: what was said before comes
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(signs()).toEqual([0, 15_500, 30_500, 45_500]);
  });

  it('sends signs of life while no line may be shown', async () => {
    const { feed, page, signs, taken } = opened();
    page.hold(true);
    feed.takeSegment({ segment: makeFinal(), name: 'Ana' });
    await vi.advanceTimersByTimeAsync(31_000);
    expect(signs()).toHaveLength(3);
    expect(taken).toHaveLength(3);
  });

  it('sends the next sign of life 15 s after the last line', async () => {
    const { feed, signs } = opened();
    await vi.advanceTimersByTimeAsync(10_000);
    feed.takeSegment({ segment: makeFinal(), name: 'Ana' });
    await vi.advanceTimersByTimeAsync(15_000);
    expect(signs()).toEqual([0, 25_000]);
  });
});
