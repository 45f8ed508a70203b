import type { Figures } from './figures.ts';

/** The target of a figure, from the project's issues. */
export interface Target {
  readonly path: string; // of the figure in what `--json` writes
  readonly what: string;
  readonly atMost?: number;
  readonly atLeast?: number;
  readonly unit: string;
}

export const TARGETS: readonly Target[] = [
  { path: 'ratios.pipeline_vs_floor_50_stereo', what: 'our pipeline / C floor, 50 speakers', atMost: 1.3, unit: 'x' },
  { path: 'ratios.pipeline_vs_floor_200_stereo', what: 'our pipeline / C floor, 200', atMost: 1.4, unit: 'x' },
  { path: 'ratios.pipeline_vs_decode_50_stereo', what: 'our pipeline / bare decode, 50', atMost: 1.7, unit: 'x' },
  { path: 'ratios.usual_vs_pipeline_50_stereo', what: 'the usual bot / our pipeline, 50', atLeast: 3, unit: 'x' },
  { path: 'ratios.passed_on_vs_floor_50_stereo', what: 'passed on / C floor that decodes, 50', atMost: 0.6, unit: 'x' },
  { path: 'realtime.50.p99DelayMs', what: 'event loop delay p99, 50 talking', atMost: 5, unit: 'ms' },
  { path: 'realtime.50.lostPackets', what: 'packets lost, 50 talking', atMost: 0, unit: '' },
  { path: 'realtime.50.rssPerSpeakerKb', what: 'memory per speaker, 50 talking', atMost: 150, unit: 'kB' },
  { path: 'realtime.50.gcMsPerS', what: 'garbage collection, 50 talking', atMost: 5, unit: 'ms/s' },
  { path: 'realtime.200.p99DelayMs', what: 'event loop delay p99, 200 talking', atMost: 20, unit: 'ms' },
  { path: 'realtime.200.lostPackets', what: 'packets lost, 200 talking', atMost: 0, unit: '' },
  { path: 'realtime.200.rssPerSpeakerKb', what: 'memory per speaker, 200 talking', atMost: 120, unit: 'kB' },
  { path: 'realtime.250.lostPackets', what: 'packets lost, 250 talking', atMost: 0, unit: '' },
  { path: 'realtime.250.cpuPercent', what: 'a core’s share of 250 talking', atMost: 100, unit: '%' },
  {
    path: 'latency.packetToSocketP95Ms',
    what: 'packet to recogniser p95, one chunk included',
    atMost: 340,
    unit: 'ms',
  },
  { path: 'latency.finalToRestP95Ms', what: 'final to REST call p95', atMost: 50, unit: 'ms' },
  { path: 'latency.speechEndToPostedP50Ms', what: 'end of a sentence to the channel p50', atMost: 750, unit: 'ms' },
  { path: 'latency.speechEndToPostedP95Ms', what: 'the same p95', atMost: 1_000, unit: 'ms' },
  { path: 'latency.firstWordsInChannelP50Ms', what: 'first word to the channel p50', atMost: 1_200, unit: 'ms' },
  { path: 'latency.firstWordsOnPageP50Ms', what: 'first word to a live page p50', atMost: 600, unit: 'ms' },
  { path: 'latency.startToReadyMs', what: 'start of the process to ready', atMost: 2_000, unit: 'ms' },
  { path: 'latency.commandToFirstAudioMs', what: 'command to first audio on the socket', atMost: 1_500, unit: 'ms' },
  { path: 'burst.finalToShownMaxMs', what: 'longest wait of a final, ten talking at once', atMost: 3_000, unit: 'ms' },
  { path: 'burst.refusedPerMinute', what: 'requests refused (429) a minute, ten talking', atMost: 1, unit: '' },
  // Discord accepts five requests in five seconds in one channel.
  { path: 'burst.editsPerMinute', what: 'edits a minute, ten talking', atMost: 60, unit: '' },
  { path: 'burst.lost', what: 'texts lost, ten talking', atMost: 0, unit: '' },
  { path: 'burst.misheard', what: 'sentences misheard, as audio was lost', atMost: 0, unit: '' },
  { path: 'burst.outOfOrder', what: 'sentences out of order, ten talking', atMost: 0, unit: '' },
  { path: 'readers.arrivedP95Ms', what: 'words at 1,000 readers p95, four talking', atMost: 300, unit: 'ms' },
  { path: 'readers.lost', what: 'finals that one of them did not get', atMost: 0, unit: '' },
  { path: 'readers.slowGrownMb', what: 'memory for 1,000 readers who take nothing', atMost: 10, unit: 'MB' },
  { path: 'idle.2000.rssMb', what: 'memory of an idle bot in 2,000 servers', atMost: 150, unit: 'MB' },
  { path: 'idle.2000.cpuPercent', what: 'a core’s share of it', atMost: 1, unit: '%' },
  { path: 'latency.minutesOfTwoHoursMs', what: 'minutes of two hours, the slowest format', atMost: 2_000, unit: 'ms' },
  { path: 'search.sqlite_2M_p95Ms', what: 'search p95, 1,000 long meetings, SQLite', atMost: 50, unit: 'ms' },
  { path: 'search.postgres_2M_p95Ms', what: 'the same in PostgreSQL', atMost: 100, unit: 'ms' },
];

export type Verdict = 'met' | 'short' | 'not measured';

export function verdictOn(target: Target, value: number | null): Verdict {
  if (value === null) return 'not measured';
  const isLow = target.atMost === undefined || value <= target.atMost;
  const isHigh = target.atLeast === undefined || value >= target.atLeast;
  return isLow && isHigh ? 'met' : 'short';
}

/** A figure by its path. `null` when it was not measured. */
export function figureAt(figures: Figures, path: string): number | null {
  let at: unknown = figures;
  for (const name of path.split('.')) at = typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined;
  return typeof at === 'number' ? at : null;
}
