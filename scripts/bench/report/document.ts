import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { charts } from './charts.ts';
import type { Figures } from './figures.ts';
import { growthTables } from './growth-table.ts';
import { asMarkdown, latencyRows, realTimeRows, targetRows, throughputRows } from './table.ts';

const BEGIN = '<!-- npm run bench -- --docs writes what follows -->';
const END = '<!-- and no further -->';
/** The charts below the tables, by the title of the table. */
const CHARTS: Readonly<Record<string, string>> = {
  'An idle bot, by servers': '![Memory against servers](performance/servers.svg)',
  'One person who talks for hours':
    '![CPU time of a frame against the minute of the meeting](performance/length.svg)\n\n![Memory against the minute of the meeting](performance/length-memory.svg)',
  'The minutes in every format, by the meeting’s length':
    '![Time for the minutes against the length of the meeting](performance/minutes.svg)',
  'The journal: searches by its size, and writes at its largest':
    '![Search time against segments in the journal](performance/search.svg)',
};

/** Writes the figures into docs/performance.md, between its marks, and draws the charts. */
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
    ...growthTables(figures).flatMap(({ title, rows }) =>
      [`### ${title}`, asMarkdown(rows), CHARTS[title] ?? []].flat(),
    ),
    '### Not measured',
    asMarkdown([['figure', 'because'], ...Object.entries(figures.reasons)]),
  ].join('\n\n');
}
