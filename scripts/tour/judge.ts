import type { Fared } from './neighbours.ts';
import type { Vitals } from './pulse.ts';
import type { Outcome, Stop } from './stop.ts';

const LATER_MS = 1_000; // by which a word may come later than with nobody disturbing
const STALL_MS = 150; // of the tour's own, or of a machine with too much to do: then people speak and are heard in fits and starts
const GROWTH_BYTES = 300 * 2 ** 20;

/** A stop that was played, with all that was measured meanwhile. */
export interface Played {
  readonly stop: Stop;
  readonly outcome: Outcome;
  readonly fared: Fared;
  readonly quiet: Fared | undefined;
  readonly vitals: Vitals;
  readonly violations: readonly string[]; // of what holds for every stop
  readonly tookMs: number;
}

/** What is wrong; empty is good. */
export function flawsOf(played: Played): string[] {
  return [...played.outcome.flaws, ...played.violations, ...noticedBy(played), ...grownIn(played)];
}

/** Whether what is wrong may be the machine's doing, as it stood still for a while: then the attack is played once more, and has to be held off whole. */
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
      : [`in the second server ${missing.length} of ${sentences} sentences are missing, as “${missing[0]}”`];
  const mostMs = (quiet?.maxMs ?? 0) + LATER_MS;
  if (fared.maxMs > mostMs) {
    flaws.push(`in the second server a sentence came after ${fared.maxMs} ms; ${mostMs} ms would be allowed`);
  }
  if (flaws.length > 0)
    flaws.push(`the bot stood still for ${vitals.longestMs} ms meanwhile, the tour itself for ${vitals.oursMs} ms`);
  if (vitals.computedMs > LATER_MS) flaws.push(`the event loop was busy for ${vitals.computedMs} ms at once`);
  return flaws;
}

function grownIn({ stop, vitals }: Played): string[] {
  const most = stop.mostGrowthBytes ?? GROWTH_BYTES;
  const grown = vitals.peakRssBytes - vitals.rssBytes;
  return grown > most ? [`the process grew by ${megabytes(grown)}; ${megabytes(most)} would be allowed`] : [];
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`;
}
