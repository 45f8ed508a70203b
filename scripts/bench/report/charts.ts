import { lineChart, type Series } from './chart.ts';
import type { Contestant, Figures } from './figures.ts';

/** Those that are measured for every number of speakers. */
type Line = Exclude<Contestant, 'passedOn'>;

const LINES: Readonly<Record<Line, string>> = {
  floor: 'C floor',
  decode: 'bare decode',
  pipeline: 'Parley',
  usual: 'the usual bot',
};
const SEGMENTS: Readonly<Record<string, number>> = { k: 1e3, M: 1e6 };

/** The charts of docs/performance, by file name, without empty ones. */
export function charts(figures: Figures): Record<string, string> {
  const { idle, longMeeting, minutes, realtime, usualRealtime } = figures;
  const drawn: Record<string, string> = {};
  const draw = (name: string, title: string, xName: string, yName: string, series: readonly Series[]) => {
    if (series.every(({ points }) => points.length === 0)) return;
    const scale = name === 'search.svg' ? 'logarithmic' : 'even';
    drawn[name] = lineChart({ title, xName, yName, series, scale });
  };
  draw('frame.svg', 'CPU time of one frame, stereo-coded, DAVE', 'speakers', 'us per frame', frameLines(figures));
  draw('real-time.svg', 'Everybody talks, in real time', 'speakers', '% of one core', [
    line(LINES.pipeline, realtime, (meeting) => meeting.cpuPercent),
    line(LINES.usual, usualRealtime, (meeting) => meeting.cpuPercent),
  ]);
  draw('servers.svg', 'An idle bot', 'servers', 'MB resident', [line('Parley', idle, ({ rssMb }) => rssMb)]);
  const parts = longMeeting ?? [];
  draw('length.svg', 'One person talks for hours', 'minute', 'us per frame', [
    { name: 'CPU time', points: parts.map(({ minute, usPerFrame }) => ({ x: minute, y: usPerFrame })) },
  ]);
  draw('length-memory.svg', 'One person talks for hours', 'minute', 'MB resident', [
    { name: 'memory', points: parts.map(({ minute, rssMb }) => ({ x: minute, y: rssMb })) },
  ]);
  draw('minutes.svg', 'Minutes of ten speakers', 'hours', 'ms', [
    line('all at the same time', minutes, ({ together }) => together),
    line('the slowest format', minutes, ({ slowest }) => slowest),
    line('posted at the end', minutes, ({ posted }) => posted),
  ]);
  draw('search.svg', 'Searches', 'segments in the journal', 'ms', [
    searchLine(figures, 'SQLite p95', /^sqlite_(\d+)([kM])_p95Ms$/),
    searchLine(figures, 'SQLite p50', /^sqlite_(\d+)([kM])_p50Ms$/),
    searchLine(figures, 'PostgreSQL p95', /^postgres_(\d+)([kM])_p95Ms$/),
  ]);
  return drawn;
}

function frameLines({ throughput }: Figures): Series[] {
  const stereo = throughput.filter(({ coding }) => coding === 'stereo');
  // The keys of a record have the type that it declares.
  return (Object.keys(LINES) as Line[]).map((who) => ({
    name: LINES[who],
    points: stereo.flatMap(({ speakers, usPerFrame }) => {
      const cost = usPerFrame[who];
      return cost ? [{ x: speakers, y: cost.median }] : [];
    }),
  }));
}

function line<T>(name: string, measured: Readonly<Record<string, T | null>>, value: (one: T) => number): Series {
  const points = Object.entries(measured).flatMap(([x, one]) =>
    one === null ? [] : [{ x: Number(x), y: value(one) }],
  );
  return { name, points };
}

function searchLine({ search }: Figures, name: string, pattern: RegExp): Series {
  const points = Object.entries(search).flatMap(([key, ms]) => {
    const [, count, unit = ''] = pattern.exec(key) ?? [];
    return count === undefined || ms === null ? [] : [{ x: Number(count) * (SEGMENTS[unit] ?? 1), y: ms }];
  });
  return { name, points };
}
