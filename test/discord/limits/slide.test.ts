import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GateReport } from '../../../src/discord/limits/gate.ts';
import { PostingLoad } from '../../../src/discord/limits/posting-load.ts';
import { plainerOf, type Slide, slideOn, UNSTRAINED } from '../../../src/discord/limits/slide.ts';
import { LogBook } from '../../support/log-book.ts';

const CALM: GateReport = { granted: 5, crowdedOut: 0, longestWaitMs: 10, free: 0.8 };
const JUMPY: GateReport = { granted: 20, crowdedOut: 30, longestWaitMs: 100, free: 0.3 };
const LATE: GateReport = { granted: 45, crowdedOut: 0, longestWaitMs: 2_000, free: 0.1 };
const BUSY: GateReport = { granted: 30, crowdedOut: 5, longestWaitMs: 300, free: 0.4 };

function played(seconds: readonly (readonly [number, GateReport])[], from: Slide = UNSTRAINED): Slide {
  return seconds
    .flatMap(([count, report]) => Array.from({ length: count }, () => report))
    .reduce((slide, report) => slideOn(slide, report), from);
}

describe('the costliest style of a process', () => {
  it.each<[string, [number, GateReport][], string]>([
    ['stays while Discord takes what is said', [[600, CALM]], 'grow'],
    [
      'stays in a burst',
      [
        [4, JUMPY],
        [1, BUSY],
        [4, LATE],
      ],
      'grow',
    ],
    ['stays when some growing words are crowded out', [[600, BUSY]], 'grow'],
    ['goes to finals when most growing words are crowded out for five seconds', [[5, JUMPY]], 'finals'],
    ['goes to finals when finals are late for five seconds', [[5, LATE]], 'finals'],
    ['goes on to a digest when finals are late even then', [[10, LATE]], 'digest'],
    [
      'does not go on to a digest for crowded out figures',
      [
        [5, JUMPY],
        [600, JUMPY],
      ],
      'finals',
    ],
    ['stays a digest at the worst', [[600, LATE]], 'digest'],
    [
      'does not come back in a pause',
      [
        [5, LATE],
        [59, CALM],
        [1, BUSY],
        [59, CALM],
      ],
      'finals',
    ],
    [
      'comes back after a minute of calm',
      [
        [5, LATE],
        [60, CALM],
      ],
      'grow',
    ],
    [
      'comes back one by one',
      [
        [10, LATE],
        [60, CALM],
      ],
      'finals',
    ],
    [
      'comes back altogether',
      [
        [10, LATE],
        [120, CALM],
      ],
      'grow',
    ],
  ])('%s', (_, seconds, style) => {
    expect(played(seconds).style).toBe(style);
  });

  it('waits twice as long after a relapse, up to sixteen minutes', () => {
    let slide = played([[5, LATE]]);
    for (const minutes of [1, 2, 4, 8, 16, 16]) {
      expect(played([[minutes * 60 - 1, CALM]], slide).style).toBe('finals');
      slide = played([[minutes * 60, CALM]], slide);
      expect(slide.style).toBe('grow');
      slide = played([[5, JUMPY]], slide);
    }
  });

  it('forgets its relapses when it went well for two minutes', () => {
    const relapsed = played([
      [5, LATE],
      [60, CALM],
      [5, JUMPY],
      [120, CALM],
      [120, CALM],
      [5, JUMPY],
    ]);
    expect(played([[60, CALM]], relapsed).style).toBe('grow');
  });
});

describe('the plainer of two styles', () => {
  it.each([
    ['grow', 'grow', 'grow'],
    ['grow', 'finals', 'finals'],
    ['digest', 'finals', 'digest'],
    ['grow', 'digest', 'digest'],
  ] as const)('of %s and %s is %s', (one, other, plainer) => {
    expect([plainerOf(one, other), plainerOf(other, one)]).toEqual([plainer, plainer]);
  });
});

describe('the load of posting', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is looked at every second, and each change is logged once', () => {
    const log = new LogBook();
    let report = CALM;
    using load = new PostingLoad({ takeReport: () => report }, log);
    vi.advanceTimersByTime(10_000);
    expect([load.style, log.entries]).toEqual(['grow', []]);
    report = JUMPY;
    vi.advanceTimersByTime(30_000);
    expect(load.style).toBe('finals');
    report = CALM;
    vi.advanceTimersByTime(90_000);
    expect(load.style).toBe('grow');
    expect(log.entries.map((entry) => JSON.parse(entry).message)).toEqual([
      'Discord takes too few requests for all meetings: transcripts are plainer for a while',
      'Discord takes enough requests again: transcripts look as their servers chose',
    ]);
  });
});
