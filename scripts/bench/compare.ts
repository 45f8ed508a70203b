import type { Figures, RealTime } from './figures.ts';

/** A figure that is not what it was, by more than runs differ among themselves. */
export interface Move {
  readonly path: string;
  readonly before: number;
  readonly now: number;
  readonly isBetter: boolean;
}

const RATIO_NOISE = 0.15; // two runs of the same code agree this well
const OTHER_NOISE = 0.5; // times depend on whatever else the machine is doing
const MORE_IS_BETTER = /^ratios\.usual_vs_pipeline/;

/** What moved beyond noise; figures that only one of the runs has are left out. */
export function movesBetween(before: Figures, now: Figures): Move[] {
  const then = flatten(before);
  const moves: Move[] = [];
  for (const [path, value] of flatten(now)) {
    const old = then.get(path);
    if (old === undefined || !isMoved(path, old, value)) continue;
    moves.push({ path, before: old, now: value, isBetter: MORE_IS_BETTER.test(path) ? value > old : value < old });
  }
  return moves;
}

function isMoved(path: string, before: number, now: number): boolean {
  if (path.endsWith('.lostPackets')) return before !== now;
  const noise = path.startsWith('ratios.') ? RATIO_NOISE : OTHER_NOISE;
  return Math.abs(now - before) > noise * Math.abs(before);
}

function flatten(figures: Figures): Map<string, number> {
  const flat = new Map<string, number>();
  const add = (path: string, value: number | null) => {
    if (value !== null) flat.set(path, value);
  };
  for (const [name, ratio] of Object.entries(figures.ratios)) add(`ratios.${name}`, ratio);
  for (const [speakers, meeting] of Object.entries(figures.realtime)) {
    if (meeting === null) continue;
    for (const name of MEETING) add(`realtime.${speakers}.${name}`, meeting[name]);
  }
  for (const [name, ms] of Object.entries(figures.latency)) add(`latency.${name}`, ms);
  return flat;
}

const MEETING = [
  'p99DelayMs',
  'lostPackets',
  'rssPerSpeakerKb',
  'gcMsPerS',
  'cpuPercent',
] as const satisfies readonly (keyof RealTime)[];
