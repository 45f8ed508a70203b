import type { Figures } from './figures.ts';

/** A figure that is not what it was, by more than runs differ among themselves. */
export interface Move {
  readonly path: string;
  readonly before: number;
  readonly now: number;
  readonly isBetter: boolean;
}

const RATIO_NOISE = 0.15; // two runs of the same code agree this well
const OTHER_NOISE = 0.5; // times depend on whatever else the machine is doing
const LEAST_MS = 2; // that a time must move by: less is how a busy machine jitters
const MORE_IS_BETTER = /^ratios\.usual_vs_pipeline/;
const COUNTS = /\.(?:lostPackets|lost|outOfOrder)$/; // of what must not happen: any change counts
const SAYS_NOTHING = /\.(?:sentPackets|people|sentences)$/;

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
  if (COUNTS.test(path)) return before !== now;
  const isRatio = path.startsWith('ratios.');
  const noise = isRatio ? RATIO_NOISE : OTHER_NOISE;
  if (!isRatio && Math.abs(now - before) < LEAST_MS) return false;
  return Math.abs(now - before) > noise * Math.abs(before);
}

/** Every number there is, by its path. The throughput's own rows are what the ratios are made of. */
function flatten({ ratios, realtime, usualRealtime, latency, search, idle, burst, audience, minutes }: Figures) {
  const flat = new Map<string, number>();
  const add = (path: string, value: unknown): void => {
    if (typeof value === 'number') flat.set(path, value);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, part] of Object.entries(value)) add(`${path}.${name}`, part);
    }
  };
  const parts = { ratios, realtime, usualRealtime, latency, search, idle, burst, audience, minutes };
  for (const [name, part] of Object.entries(parts)) add(name, part);
  for (const path of flat.keys()) if (SAYS_NOTHING.test(path)) flat.delete(path);
  return flat;
}
