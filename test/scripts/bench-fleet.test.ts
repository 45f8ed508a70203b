import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../scripts/bench/fleet/outcome.ts';
import { sentencesIn, textOf } from '../../scripts/bench/fleet/script.ts';
import { measureFleet } from '../../scripts/bench/parts/fleet.ts';
import type { Fleet } from '../../scripts/bench/report/figures.ts';
import { fleetRows, movesRows } from '../../scripts/bench/report/tables/fleet.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';

describe('what became of the sentences of many meetings', () => {
  const said = ['whole', 'never heard', 'heard and never shown', 'shown too late'].map((text) => ({
    text,
    endedAtMs: 1_000,
  }));
  const heard = new Map([
    ['whole', 2_000],
    ['heard and never shown', 2_000],
    ['shown too late', 3_000],
  ]);
  const shown = new Map([
    ['whole', 2_200],
    ['shown too late', 16_500],
  ]);

  it('tells damaged sentences, for which the audio is to blame, from late ones', () => {
    expect(outcomeOf(said, heard, shown)).toEqual({
      sentences: 4,
      damaged: 1,
      late: 2,
      toShownMs: [1_200, 15_500],
      toFinalMs: [1_000, 1_000, 2_000],
    });
  });

  it('reads the sentences of several turns out of one text, and no damaged one', () => {
    const [first, second] = [textOf(12, 3), textOf(12, 4)];
    expect(sentencesIn(`Ana · ${first} ${second}`)).toEqual([first, second]);
    expect(sentencesIn(first.replace('says', 'sa\uFFFDs'))).toEqual([]);
  });

  it('gives everybody other sentences than anybody else', () => {
    const all = [0, 1, 11].flatMap((meeting) => [0, 1, 2].map((turn) => textOf(meeting, turn)));
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((text) => all.some((other) => other !== text && other.includes(text)))).toEqual([]);
  });
});

it('the table of meetings at the same time has a row for each size, the smallest first', () => {
  const one = {
    meetings: 60,
    cpuPercent: 41.4,
    waitedPercent: 3,
    rssMb: 260,
    loopP99Ms: 12,
    requestsPerS: 49.26,
    refused: 3,
    waitP95Ms: 900,
    sentences: 380,
    damaged: 0,
    late: 1,
    toShownP50Ms: 1_149,
    toShownP95Ms: 2_051,
    startsAtOnce: 30,
    startsAnsweredMs: 2_240,
    aroundCpuPercent: 50,
    aroundLoopP99Ms: 9,
    elsewhereCpuPercent: 0.4,
  };
  const [, ...rows] = fleetRows({ 60: one, 10: { ...one, meetings: 10 }, 100: null });
  expect(rows.map(([meetings]) => meetings)).toEqual(['10', '60']);
  expect(rows.at(-1)?.join(' | ')).toBe(
    '60 | 41 % | 3 % | 260 MB | 12 ms | 49.26 a second | 3 | 900 ms | 380 | 0 | 1 | 1.1 s / 2.1 s | 30 after 2.2 s | 50 %, 9 ms | 0 %',
  );
});

describe('the benchmark of meetings at the same time', inRealTime, () => {
  it('has the bot write what people say in several servers, every one in a process of its own', async () => {
    const made: Fleet[] = [];
    const plan = { guilds: 4, sizes: [1, 2], settlingMs: 500, measuredMs: 3_000 };
    await measureFleet(plan, (_meetings, figures) => made.push(figures));
    expect(made).toMatchObject([
      { meetings: 1, startsAtOnce: 1, damaged: 0, late: 0, refused: 0 },
      { meetings: 2, startsAtOnce: 1, damaged: 0, late: 0, refused: 0 },
    ]);
    expect(made[1]?.sentences).toBeGreaterThanOrEqual(2);
    expect(made[1]?.requestsPerS).toBeGreaterThan(0);
  }, 90_000);
});

it('the table of moves says what people miss, and why there is none', () => {
  const moves = {
    moves: 50,
    unheardP50Ms: 120,
    unheardP95Ms: 890,
    notedGaps: 42,
    notedP50Ms: 460,
    notedP95Ms: 1_200,
  };
  expect(movesRows(moves, '').at(-1)?.join(' | ')).toBe('50 | 0.1 s / 0.9 s | 42 | 0.5 s / 1.2 s');
  expect(movesRows(null, 'no PostgreSQL').at(-1)?.[0]).toBe('- (no PostgreSQL)');
});
