import type { Fared } from './neighbours.ts';
import type { Vitals } from './pulse.ts';
import type { Outcome, Stop } from './stop.ts';

const LATER_MS = 1_000; // how much later a word may come than without an attack
const STALL_MS = 150; // a longer stall of the tour or the machine disturbs speech without the bot's fault
const GROWTH_BYTES = 300 * 2 ** 20;

/** A stop that was played, with everything measured during it. */
export interface Played {
  readonly stop: Stop;
  readonly outcome: Outcome;
  readonly fared: Fared;
  readonly quiet: Fared | undefined;
  readonly vitals: Vitals;
  readonly violations: readonly string[]; // of rules that hold for every stop
  readonly tookMs: number;
}

/** The defects that a stop revealed. */
export function flawsOf(played: Played): string[] {
  return [...played.outcome.flaws, ...played.violations, ...noticedBy(played), ...grownIn(played)];
}

/**
 * Whether a stall of the machine can explain the defects. The attack is then played once more and must be held off
 * completely.
 */
export function isOurFault(played: Played): boolean {
  const { violations, vitals } = played;
  const machineMs = Math.max(vitals.oursMs, vitals.longestMs - vitals.computedMs);
  const isWrong = flawsOf(played).length > 0 && violations.length === 0;
  return isWrong && machineMs > STALL_MS && machineMs > vitals.computedMs;
}

function noticedBy({ fared, quiet, vitals }: Played): string[] {
  const { missing, sentences } = fared;
  const flaws =
    missing.length === 0
      ? []
      : [`in the second server ${missing.length} of ${sentences} sentences are missing, such as “${missing[0]}”`];
  const mostMs = (quiet?.maxMs ?? 0) + LATER_MS;
  if (fared.maxMs > mostMs) {
    flaws.push(`in the second server a sentence came after ${fared.maxMs} ms; allowed are ${mostMs} ms`);
  }
  if (flaws.length > 0)
    flaws.push(`meanwhile the bot stopped for ${vitals.longestMs} ms, and the tour itself for ${vitals.oursMs} ms`);
  if (vitals.computedMs > LATER_MS) flaws.push(`the event loop was busy for ${vitals.computedMs} ms at once`);
  return flaws;
}

function grownIn({ stop, vitals }: Played): string[] {
  const most = stop.mostGrowthBytes ?? GROWTH_BYTES;
  const grown = vitals.peakRssBytes - vitals.rssBytes;
  return grown > most ? [`the process grew by ${megabytes(grown)}; allowed are ${megabytes(most)}`] : [];
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`;
}
