import { describe, expect, it } from 'vitest';
import { readArguments } from '../../scripts/bench/arguments.ts';
import { lineChart } from '../../scripts/bench/chart.ts';
import { movesBetween } from '../../scripts/bench/compare.ts';
import type { Figures } from '../../scripts/bench/figures.ts';
import { flameGraph } from '../../scripts/bench/flame.ts';
import { makeSpeech } from '../../scripts/bench/speech.ts';
import { percentile, spread } from '../../scripts/bench/statistics.ts';
import { asMarkdown, asText, targetRows } from '../../scripts/bench/table.ts';
import { figureAt, TARGETS, verdictOn } from '../../scripts/bench/targets.ts';
import { measureThroughput } from '../../scripts/bench/throughput.ts';

const LATENCY: Figures['latency'] = {
  packetToSocketP95Ms: null,
  finalToRestP50Ms: 2,
  finalToRestP95Ms: 5,
  speechEndToPostedP50Ms: 1_100,
  speechEndToPostedMaxMs: 1_200,
  startToReadyMs: 1_500,
  commandToFirstAudioMs: 400,
};

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
    search: { '10M': null },
    throughput: [],
    reasons: { 'ratios.pipeline_vs_decode_50_stereo': 'no decoder' },
    ...parts,
  };
}

describe('the benchmark’s statistics', () => {
  it('takes the middle of the rounds and their extremes', () => {
    expect(spread([5, 1, 3])).toEqual({ median: 3, min: 1, max: 5 });
  });

  it('gives the value that 95 of 100 do not exceed', () => {
    const values = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(percentile(values, 95)).toBe(95);
  });

  it('refuses to tell the middle of nothing', () => {
    expect(() => spread([])).toThrow(RangeError);
  });
});

describe('comparing two runs', () => {
  it('says nothing of ratios that moved less than runs differ', () => {
    const now = makeFigures({ ratios: { pipeline_vs_floor_50_stereo: 1.5 } });
    expect(movesBetween(makeFigures(), now)).toEqual([]);
  });

  it('tells a ratio that grew as worse', () => {
    const now = makeFigures({ ratios: { pipeline_vs_floor_50_stereo: 2 } });
    const path = 'ratios.pipeline_vs_floor_50_stereo';
    expect(movesBetween(makeFigures(), now)).toEqual([{ path, before: 1.4, now: 2, isBetter: false }]);
  });

  it('tells a dearer usual bot as better', () => {
    const now = makeFigures({ ratios: { usual_vs_pipeline_50_stereo: 4 } });
    expect(movesBetween(makeFigures(), now)).toMatchObject([{ now: 4, isBetter: true }]);
  });

  it('leaves out what one of the runs did not measure', () => {
    const now = makeFigures({ latency: { ...LATENCY, packetToSocketP95Ms: 330, finalToRestP95Ms: null } });
    expect(movesBetween(makeFigures(), now)).toEqual([]);
  });
});

describe('the table of targets', () => {
  it('finds a figure by its path', () => {
    expect(figureAt(makeFigures(), 'latency.finalToRestP95Ms')).toBe(5);
  });

  it('calls a figure within its bound met and one beyond it short', () => {
    const [floor] = TARGETS;
    if (!floor) throw new Error('There are no targets');
    expect([1.45, 1.46, null].map((value) => verdictOn(floor, value))).toEqual(['met', 'short', 'not measured']);
  });

  it('gives the reason where a figure is missing', () => {
    const rows = targetRows(makeFigures());
    expect(rows).toContainEqual(expect.arrayContaining(['- (no decoder)', 'not measured']));
  });

  it('stands in columns on a terminal and as a table in Markdown', () => {
    const rows = [
      ['a', 'bb'],
      ['ccc', 'd'],
    ];
    expect(asText(rows)).toBe('a    bb\nccc  d');
    expect(asMarkdown(rows)).toBe('| a | bb |\n| --- | --- |\n| ccc | d |');
  });
});

describe('a chart', () => {
  it('draws one line for each series, through all of its points', () => {
    const points = [1, 10, 100].map((x) => ({ x, y: x * 2 }));
    const svg = lineChart({ title: 'a < b', xName: 'x', yName: 'y', series: [{ name: 'one', points }] });
    expect(svg.match(/<polyline points="([^"]*)"/)?.[1]?.split(' ')).toHaveLength(3);
    expect(svg).toContain('a &lt; b');
  });
});

describe('a flame graph', () => {
  const node = (id: number, functionName: string, children: number[] = []) => ({
    id,
    callFrame: { functionName, url: '' },
    children,
  });

  it('gives each function a width in proportion to its time, and none to idleness', () => {
    const nodes = [node(1, '(root)', [2, 3, 4]), node(2, 'long'), node(3, 'short'), node(4, '(idle)')];
    const samples = [1, 1, 1, 1, 2, 3, 2, 4]; // the first half is not looked at
    const svg = flameGraph({ nodes, samples, timeDeltas: [9, 9, 9, 9, 2, 1, 1, 50] });
    expect([...svg.matchAll(/<title>(\w+) ([\d.]+) %/g)].map(([, name, percent]) => [name, percent])).toEqual([
      ['all', '100.0'],
      ['long', '75.0'],
      ['short', '25.0'],
    ]);
  });
});

describe('the options', () => {
  it('reads what to write, what to compare with and how long to take', () => {
    const options = readArguments(['--quick', '--json', 'now.json', '--compare', 'before.json']);
    expect(options).toEqual({ quick: true, json: 'now.json', compare: 'before.json', docs: false, flame: undefined });
  });

  it('refuses options that do not exist', () => {
    expect(() => readArguments(['--fast'])).toThrow(TypeError);
  });
});

describe('a round of the contestants', () => {
  it('hears every packet through both encryptions, in our pipeline and in the usual one', async () => {
    const plan = { speakers: 2, codings: ['stereo'], rounds: 1, frames: 200 } as const;
    const [row] = await measureThroughput(plan, makeSpeech(), undefined);
    expect(row?.missingFrames).toBe(0);
    expect(row?.ratios).toMatchObject({
      pipeline_vs_floor: null,
      pipeline_vs_decode: { median: expect.any(Number) },
      usual_vs_pipeline: { median: expect.any(Number) },
    });
  }, 60_000);
});
