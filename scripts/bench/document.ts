import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lineChart, type Series } from './chart.ts';
import type { Contestant, Figures, RealTime } from './figures.ts';
import { asMarkdown, latencyRows, realTimeRows, targetRows, throughputRows } from './table.ts';

const BEGIN = '<!-- npm run bench -- --docs writes what follows -->';
const END = '<!-- and no further -->';
const LINES: Readonly<Record<Contestant, string>> = {
  floor: 'C floor',
  decode: 'bare decode',
  pipeline: 'Parley',
  usual: 'the usual bot',
};

/** Puts the figures into docs/performance.md, between its marks, and draws the charts. */
export function writeDocument(figures: Figures, docs: string): void {
  const page = join(docs, 'performance.md');
  const text = readFileSync(page, 'utf8');
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END);
  if (from < 0 || to < from) throw new Error('Cannot write the figures: docs/performance.md has lost its marks');
  writeFileSync(page, `${text.slice(0, from + BEGIN.length)}\n\n${measured(figures)}\n\n${text.slice(to)}`);
  mkdirSync(join(docs, 'performance'), { recursive: true });
  for (const [name, svg] of Object.entries(charts(figures))) writeFileSync(join(docs, 'performance', name), svg);
}

function measured(figures: Figures): string {
  const { machine } = figures;
  return [
    `Measured ${figures.date.slice(0, 10)} on ${machine.cores} cores of ${machine.cpu}, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}; speech by ${machine.speech}; load of the machine before the run: ${machine.loadBefore}. The run took ${Math.round(figures.durationS)} s.`,
    '### Against the targets',
    asMarkdown(targetRows(figures)),
    '### CPU time of one frame (20 ms of one speaker)',
    'Median of the rounds; ratios with their extremes.',
    asMarkdown(throughputRows(figures.throughput)),
    '![CPU time of one frame against the number of speakers](performance/frame.svg)',
    '### Meetings in real time',
    asMarkdown(realTimeRows(figures)),
    '![One core against the number of speakers](performance/real-time.svg)',
    '### How long things take',
    asMarkdown(latencyRows(figures)),
    '### Not measured',
    asMarkdown([['figure', 'because'], ...Object.entries(figures.reasons)]),
  ].join('\n\n');
}

function charts({ throughput, realtime, usualRealtime }: Figures): Record<string, string> {
  const stereo = throughput.filter(({ coding }) => coding === 'stereo');
  const costs = (Object.keys(LINES) as Contestant[]) // the keys of a record are what its type says
    .map((who) => ({
      name: LINES[who],
      points: stereo.flatMap(({ speakers, usPerFrame }) => {
        const cost = usPerFrame[who];
        return cost ? [{ x: speakers, y: cost.median }] : [];
      }),
    }));
  return {
    'frame.svg': lineChart({
      title: 'CPU time of one frame, stereo-coded, DAVE',
      xName: 'speakers',
      yName: 'us per frame',
      series: costs,
    }),
    'real-time.svg': lineChart({
      title: 'Everybody talks, in real time',
      xName: 'speakers',
      yName: '% of one core',
      series: [coreSeries(LINES.pipeline, realtime), coreSeries(LINES.usual, usualRealtime)],
    }),
  };
}

function coreSeries(name: string, meetings: Readonly<Record<string, RealTime | null>>): Series {
  const points = Object.entries(meetings).flatMap(([speakers, meeting]) =>
    meeting ? [{ x: Number(speakers), y: meeting.cpuPercent }] : [],
  );
  return { name, points };
}
