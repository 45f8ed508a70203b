import type { Figures, RealTime, Throughput } from './figures.ts';
import { figureAt, TARGETS, type Target, verdictOn } from './targets.ts';

export type Row = readonly string[];

const NOT_MEASURED = 'not measured';

/** Every figure that has a target. */
export function targetRows(figures: Figures): Row[] {
  return [
    ['what', 'measured', 'wanted', ''],
    ...TARGETS.map((target) => {
      const value = figureAt(figures, target.path);
      const shown = value === null ? `- (${reasonFor(figures, target.path)})` : withUnit(value, target.unit);
      return [target.what, shown, wanted(target), verdictOn(target, value)];
    }),
  ];
}

/** The cost of a frame for each contestant. */
export function throughputRows(throughput: readonly Throughput[]): Row[] {
  return [
    [
      'speakers',
      'coded',
      'C floor',
      'bare decode',
      'ours',
      'usual bot',
      'ours / floor',
      'ours / decode',
      'usual / ours',
    ],
    ...throughput.map(({ speakers, coding, usPerFrame, ratios }) => [
      String(speakers),
      coding,
      ...(['floor', 'decode', 'pipeline', 'usual'] as const).map((who) => inMicroseconds(usPerFrame[who]?.median)),
      ...['pipeline_vs_floor', 'pipeline_vs_decode', 'usual_vs_pipeline'].map((name) => {
        const ratio = ratios[name];
        return ratio ? `${rounded(ratio.median)} (${rounded(ratio.min)}-${rounded(ratio.max)})` : NOT_MEASURED;
      }),
    ]),
  ];
}

/** The figures of the meetings in real time. */
export function realTimeRows(figures: Figures): Row[] {
  const rows = (name: string, meetings: Figures['realtime']) =>
    Object.entries(meetings).flatMap(([speakers, meeting]) => (meeting ? [realTimeRow(name, speakers, meeting)] : []));
  return [
    [
      'who',
      'talking',
      'core',
      'loop p50',
      'loop p99',
      'packets lost',
      'memory each',
      'GC',
      'packet to socket p50 / p95',
    ],
    ...rows('ours', figures.realtime),
    ...rows('passed on', { 50: figures.passedOnRealtime ?? null }),
    ...rows('usual', figures.usualRealtime),
  ];
}

export function latencyRows(figures: Figures): Row[] {
  return [
    ['from ... to', 'took'],
    ...Object.entries(figures.latency).map(([name, ms]) => [
      name,
      ms === null ? `- (${reasonFor(figures, `latency.${name}`)})` : `${rounded(ms)} ms`,
    ]),
  ];
}

/** A table for a terminal, with aligned columns. */
export function asText(rows: readonly Row[]): string {
  const widths = widthsOf(rows);
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function asMarkdown([head = [], ...rows]: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function widthsOf(rows: readonly Row[]): number[] {
  const [head = []] = rows;
  return head.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
}

function realTimeRow(name: string, speakers: string, meeting: RealTime): Row {
  const late = meeting.packetToSocketMs;
  return [
    name,
    speakers,
    `${Math.round(meeting.cpuPercent)} %`,
    `${rounded(meeting.p50DelayMs)} ms`,
    `${rounded(meeting.p99DelayMs)} ms`,
    `${meeting.lostPackets} of ${meeting.sentPackets}`,
    `${Math.round(meeting.rssPerSpeakerKb)} kB`,
    `${rounded(meeting.gcMsPerS)} ms/s`,
    late ? `${Math.round(late.p50)} / ${Math.round(late.p95)} ms` : '-',
  ];
}

function wanted({ atMost, atLeast, unit }: Target): string {
  return atLeast === undefined ? `at most ${withUnit(atMost ?? 0, unit)}` : `at least ${withUnit(atLeast, unit)}`;
}

/** The reason for a missing figure, or for the group to which it belongs. */
export function reasonFor({ reasons }: Figures, path: string): string {
  const names = path.split('.');
  return (
    names.map((_, i) => reasons[names.slice(0, names.length - i).join('.')]).find((why) => why !== undefined) ??
    NOT_MEASURED
  );
}

function withUnit(value: number, unit: string): string {
  return unit === '' ? String(value) : unit === 'x' ? `${rounded(value)} x` : `${rounded(value)} ${unit}`;
}

function inMicroseconds(us: number | undefined): string {
  return us === undefined ? NOT_MEASURED : `${us.toFixed(1)} us`;
}

/** A whole number from a hundred on, otherwise with two decimals. */
export function rounded(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Math.round(value * 100) / 100);
}
