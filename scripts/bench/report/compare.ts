import type { Figures } from './figures.ts';

/** A figure that changed by more than two runs of the same code differ. */
export interface Move {
  readonly path: string;
  readonly before: number;
  readonly now: number;
  readonly isBetter: boolean;
}

const RATIO_NOISE = 0.15; // two runs of the same code differ by less
const OTHER_NOISE = 0.5; // times also depend on other work of the machine
const LEAST_MS = 2; // smaller changes of a time are the jitter of a busy machine
const MORE_IS_BETTER = /^ratios\.usual_vs_pipeline/;
const COUNTS = /\.(?:lostPackets|lost|outOfOrder|damaged|late)$/; // counts of defects: any change matters
const SAYS_NOTHING =
  /\.(?:sentPackets|people|sentences|meetings|startsAtOnce|moves|readers|texts|slowTexts|notedGaps|around\w+|elsewhere\w+|waitedPercent)$/;

/** The figures that changed beyond noise, among those that both runs have. */
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

/** What is compared. The ratios stand for the rows of the throughput. */
const COMPARED = [
  'ratios',
  'realtime',
  'usualRealtime',
  'latency',
  'search',
  'idle',
  'burst',
  'fleet',
  'moves',
  'readers',
  'audience',
  'minutes',
] as const satisfies readonly (keyof Figures)[];

/** Every number by its path. */
function flatten(figures: Figures): Map<string, number> {
  const flat = new Map<string, number>();
  const add = (path: string, value: unknown): void => {
    if (typeof value === 'number') flat.set(path, value);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, part] of Object.entries(value)) add(`${path}.${name}`, part);
    }
  };
  for (const name of COMPARED) add(name, figures[name]);
  for (const path of flat.keys()) if (SAYS_NOTHING.test(path)) flat.delete(path);
  return flat;
}
