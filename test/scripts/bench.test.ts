import { describe, expect, it } from 'vitest';
import { PARTS, readArguments } from '../../scripts/bench/arguments.ts';
import { Attempts } from '../../scripts/bench/attempts.ts';
import { whyNot } from '../../scripts/bench/contestants/floor.ts';
import { flameGraph } from '../../scripts/bench/flame.ts';
import { measureThroughput } from '../../scripts/bench/parts/hearing/throughput.ts';
import { lineChart } from '../../scripts/bench/report/chart.ts';
import { charts } from '../../scripts/bench/report/charts.ts';
import { movesBetween } from '../../scripts/bench/report/compare.ts';
import type { Figures } from '../../scripts/bench/report/figures.ts';
import { mergeRuns } from '../../scripts/bench/report/merge.ts';
import { percentile, spread } from '../../scripts/bench/report/statistics.ts';
import { asMarkdown, asText, targetRows, throughputRows } from '../../scripts/bench/report/table.ts';
import { figureAt, TARGETS, verdictOn } from '../../scripts/bench/report/targets.ts';
import { makeSpeech } from '../../scripts/bench/speech.ts';

const LATENCY: Figures['latency'] = {
  packetToSocketP95Ms: null,
  packetToSocketOf10P95Ms: null,
  packetToSocketWatchedP95Ms: null,
  finalToRestP50Ms: 2,
  finalToRestP95Ms: 5,
  firstWordsInChannelP50Ms: 1_000,
  firstWordsOnPageP50Ms: 500,
  speechEndToPostedP50Ms: 700,
  speechEndToPostedP95Ms: 900,
  speechEndToPostedMaxMs: 1_200,
  startToReadyMs: 1_500,
  commandToFirstAudioMs: 400,
  minutesOfTwoHoursMs: 900,
};

const TIMES = { posted: 300, formats: { md: 20, pdf: 900 }, slowest: 900, together: 1_500 };

function makeFigures(parts: Partial<Figures> = {}): Figures {
  return {
    machine: {
      cpu: 'a test',
      cores: 2,
      memoryGb: 8,
      system: 'Linux',
      node: 'v24',
      speech: 'tones',
      loadBefore: 0,
    },
    date: '2026-11-23T10:00:00.000Z',
    durationS: 1,
    ratios: { pipeline_vs_floor_50_stereo: 1.4, usual_vs_pipeline_50_stereo: 3 },
    realtime: {},
    usualRealtime: {},
    latency: LATENCY,
    search: { sqlite_2M_p95Ms: 30, sqlite_10M_p95Ms: null },
    idle: {},
    burst: null,
    fleet: {},
    moves: null,
    readers: null,
    audience: null,
    longMeeting: null,
    minutes: {},
    throughput: [],
    passedOn: [],
    passedOnRealtime: null,
    uplink: null,
    reasons: { 'ratios.pipeline_vs_decode_50_stereo': 'no decoder', burst: 'nobody talks' },
    ...parts,
  };
}

describe('the benchmark’s statistics', () => {
  it('give the median and the extremes of the rounds', () => {
    expect(spread([5, 1, 3])).toEqual({ median: 3, min: 1, max: 5 });
  });

  it('give the 95th percentile', () => {
    const values = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(percentile(values, 95)).toBe(95);
  });

  it('refuse to compute a percentile of no values', () => {
    expect(() => spread([])).toThrow(RangeError);
  });
});

describe('the comparison of two runs', () => {
  it('ignores ratios that changed by no more than noise', () => {
    const now = makeFigures({ ratios: { pipeline_vs_floor_50_stereo: 1.5 } });
    expect(movesBetween(makeFigures(), now)).toEqual([]);
  });

  it('reports a larger ratio as worse', () => {
    const now = makeFigures({ ratios: { pipeline_vs_floor_50_stereo: 2 } });
    const path = 'ratios.pipeline_vs_floor_50_stereo';
    expect(movesBetween(makeFigures(), now)).toEqual([{ path, before: 1.4, now: 2, isBetter: false }]);
  });

  it('reports higher costs of the usual bot as better', () => {
    const now = makeFigures({ ratios: { usual_vs_pipeline_50_stereo: 4 } });
    expect(movesBetween(makeFigures(), now)).toMatchObject([{ now: 4, isBetter: true }]);
  });

  it('reports one lost sentence among hundreds', () => {
    const talk = {
      people: 10,
      sentences: 500,
      misheard: 0,
      outOfOrder: 0,
      finalToShownP95Ms: 900,
      finalToShownMaxMs: 1_500,
    };
    const rates = { refusedPerMinute: 0, messagesPerMinute: 50, editsPerMinute: 0 };
    const burst = (lost: number) => makeFigures({ burst: { ...talk, ...rates, lost } });
    expect(movesBetween(burst(0), burst(1))).toMatchObject([
      { path: 'burst.lost', before: 0, now: 1, isBetter: false },
    ]);
  });

  it('ignores one more millisecond where there were two', () => {
    const now = makeFigures({ latency: { ...LATENCY, finalToRestP50Ms: 3.5 } });
    expect(movesBetween(makeFigures(), now)).toEqual([]);
  });

  it('leaves out figures that one of the runs did not measure', () => {
    const now = makeFigures({ latency: { ...LATENCY, packetToSocketP95Ms: 330, finalToRestP95Ms: null } });
    expect(movesBetween(makeFigures(), now)).toEqual([]);
  });
});

describe('a partial run onto a whole one', () => {
  const whole = makeFigures({ minutes: { '2': TIMES }, search: { sqlite_2M_p95Ms: 30 }, reasons: {} });
  const left = { search: 'the disk is full', 'minutes.2': 'left out of this run' };

  it('keeps old figures that it did not measure, and replaces the others', () => {
    const part = makeFigures({ minutes: { '2': null }, search: { sqlite_2M_p95Ms: 20 }, reasons: left });
    expect(mergeRuns(whole, part)).toMatchObject({ minutes: { '2': TIMES }, search: { sqlite_2M_p95Ms: 20 } });
  });

  it('gives reasons only for figures that neither run has', () => {
    const neither = makeFigures({
      minutes: { '2': null },
      search: { sqlite_2M_p95Ms: null },
      reasons: { 'latency.packetToSocketP95Ms': 'no packets', ...left },
    });
    expect(mergeRuns(whole, neither).reasons).toEqual({ 'latency.packetToSocketP95Ms': 'no packets' });
  });
});

describe('the table of targets', () => {
  it('finds a figure by its path', () => {
    expect(figureAt(makeFigures(), 'latency.finalToRestP95Ms')).toBe(5);
  });

  it('calls a figure within its limit met, and one beyond it short', () => {
    const [floor] = TARGETS;
    if (!floor) throw new Error('There are no targets');
    expect([1.3, 1.31, null].map((value) => verdictOn(floor, value))).toEqual(['met', 'short', 'not measured']);
  });

  it.each([
    [{ code: 'ENOENT' }, 'no C compiler (cc); on Debian: apt-get install gcc libc6-dev'],
    [
      { stderr: Buffer.from('floor.c:9:10: fatal error: opus/opus.h: No such file or directory') },
      'the headers of libopus are missing; on Debian: apt-get install libopus-dev',
    ],
    [
      { stderr: "floor.c:8:10: fatal error: 'openssl/evp.h' file not found" },
      'the headers of OpenSSL are missing; on Debian: apt-get install libssl-dev',
    ],
    [
      { stderr: '/usr/bin/ld: cannot find -lopus: No such file or directory' },
      'the headers of libopus are missing; on Debian: apt-get install libopus-dev',
    ],
    [{ stderr: 'floor.c: too old' }, 'floor.c does not compile; on Debian it needs libopus-dev and libssl-dev'],
  ])('says what to install when the C floor cannot be compiled: %o', (what, reason) => {
    expect(whyNot(Object.assign(new Error('Command failed'), what))).toBe(reason);
  });

  it('says that the C floor was not measured, and measures the others', () => {
    const decode = { median: 23.5, min: 20, max: 30 };
    const row = { speakers: 50, coding: 'stereo', missingFrames: 0, usPerFrame: { decode }, ratios: {} } as const;
    expect(throughputRows([row]).at(-1)).toEqual([
      '50',
      'stereo',
      'not measured',
      '23.5 us',
      ...Array(5).fill('not measured'),
    ]);
  });

  it('gives the reason for a missing figure', () => {
    const rows = targetRows(makeFigures());
    expect(rows).toContainEqual(expect.arrayContaining(['- (no decoder)', 'not measured']));
  });

  it('gives the reason of a group for a missing figure in it', () => {
    const rows = targetRows(makeFigures()).filter(([what]) => what?.includes('ten talking'));
    expect(new Set(rows.map(([, measured]) => measured))).toEqual(new Set(['- (nobody talks)']));
  });

  it('has aligned columns on a terminal, and is a table in Markdown', () => {
    const rows = [
      ['a', 'bb'],
      ['ccc', 'd'],
    ];
    expect(asText(rows)).toBe('a    bb\nccc  d');
    expect(asMarkdown(rows)).toBe('| a | bb |\n| --- | --- |\n| ccc | d |');
  });
});

describe('a chart', () => {
  const axes = { title: 'a < b', xName: 'x', yName: 'y' };

  it('draws one line for each series, through all of its points', () => {
    const points = [1, 10, 100].map((x) => ({ x, y: x * 2 }));
    const svg = lineChart({ ...axes, scale: 'logarithmic', series: [{ name: 'one', points }] });
    expect(svg.match(/<polyline points="([^"]*)"/)?.[1]?.split(' ')).toHaveLength(3);
    expect(svg).toContain('a &lt; b');
  });

  it('shows linear growth as a straight line', () => {
    const points = [10, 20, 40].map((x) => ({ x, y: x * 3 }));
    const svg = lineChart({ ...axes, scale: 'even', series: [{ name: 'one', points }] });
    const corners = svg
      .match(/<polyline points="([^"]*)"/)?.[1]
      ?.split(' ')
      .map((corner) => corner.split(',').map(Number));
    const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = [], [x3 = 0, y3 = 0] = []] = corners ?? [];
    expect((y2 - y1) / (x2 - x1)).toBeCloseTo((y3 - y2) / (x3 - x2), 1);
  });
});

describe('the charts of a run', () => {
  it('show searches by size and database', () => {
    const search = { sqlite_10k_p95Ms: 1, sqlite_2M_p95Ms: 4, sqlite_10M_p95Ms: null, postgres_2M_p95Ms: 3 };
    const svg = charts(makeFigures({ search }))['search.svg'];
    expect(svg?.match(/>(?:10K|2M)</g)).toEqual(['>10K<', '>2M<']);
    expect(svg?.match(/<circle/g)).toHaveLength(3);
  });

  it('leave out figures that were not measured', () => {
    expect(Object.keys(charts(makeFigures()))).toEqual(['search.svg']);
  });
});

describe('a flame graph', () => {
  const node = (id: number, functionName: string, children: number[] = []) => ({
    id,
    callFrame: { functionName, url: '' },
    children,
  });

  it('gives each function a width in proportion to its time, and none to idle time', () => {
    const nodes = [node(1, '(root)', [2, 3, 4]), node(2, 'long'), node(3, 'short'), node(4, '(idle)')];
    const samples = [1, 1, 1, 1, 2, 3, 2, 4]; // the first half is ignored
    const svg = flameGraph({ nodes, samples, timeDeltas: [9, 9, 9, 9, 2, 1, 1, 50] });
    expect([...svg.matchAll(/<title>(\w+) ([\d.]+) %/g)].map(([, name, percent]) => [name, percent])).toEqual([
      ['all', '100.0'],
      ['long', '75.0'],
      ['short', '25.0'],
    ]);
  });
});

describe('a figure that cannot be measured', () => {
  it('is null with its reason, and the next one is measured', async () => {
    const attempts = new Attempts(() => {}, 60);
    const failed = await attempts.run('search', 'search.sqlite', 5, () =>
      Promise.reject(new Error('the disk is full')),
    );
    const next = await attempts.run('idle', 'idle.1', 5, async () => 7);
    expect([failed, next, attempts.reasons]).toEqual([null, 7, { 'search.sqlite': 'the disk is full' }]);
  });

  it('is not begun when the run has no time left', async () => {
    const attempts = new Attempts(() => {}, 0);
    const left = await attempts.run('burst', 'burst', 5, async () => 7);
    expect([left, attempts.reasons]).toEqual([null, { burst: 'no time was left' }]);
  });

  it('is given up when it takes too long', async () => {
    const attempts = new Attempts(() => {}, 60);
    const late = await attempts.run('burst', 'burst', 0.01, () => new Promise(() => {}), 10);
    expect([late, attempts.reasons]).toEqual([null, { burst: 'not finished within 0.01 s' }]);
  });
});

describe('the options', () => {
  it('name the files to write and to compare with, and the length of the run', () => {
    const options = readArguments(['--quick', '--json', 'now.json', '--compare', 'before.json']);
    const files = { json: 'now.json', compare: 'before.json', onto: undefined, flame: undefined };
    const asked = { quick: true, smoke: false, docs: false, tenMillion: false, parts: PARTS };
    expect(options).toEqual({ ...files, ...asked });
  });

  it('keep the order of the parts', () => {
    expect(readArguments(['--only', 'journal,idle']).parts).toEqual(['idle', 'journal']);
  });

  it('refuse unknown parts', () => {
    expect(() => readArguments(['--only', 'idle,luck'])).toThrow(/luck/);
  });

  it('refuse unknown options', () => {
    expect(() => readArguments(['--fast'])).toThrow(TypeError);
  });
});

describe('a round of the contestants', () => {
  it('decodes every packet through both encryptions, in our pipeline and in the usual one, or passes it on', async () => {
    const plan = {
      speakers: 2,
      codings: ['stereo'],
      rounds: 1,
      frames: 200,
      warmUpFrames: 200,
      bots: ['pipeline', 'usual', 'passedOn'],
    } as const;
    const [row] = await measureThroughput(plan, makeSpeech(), undefined);
    expect(row?.missingFrames).toBe(0);
    expect(row?.ratios).toMatchObject({
      pipeline_vs_floor: null,
      pipeline_vs_decode: { median: expect.any(Number) },
      usual_vs_pipeline: { median: expect.any(Number) },
      passed_on_vs_floor: null,
      passed_on_vs_decode: { median: expect.any(Number) },
    });
  }, 60_000);
});
