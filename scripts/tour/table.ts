import { flawsOf, megabytes, type Played } from './judge.ts';
import type { Fared } from './neighbours.ts';

export const HEAD = [
  '| no. | attack | outcome | second server: sentences, delay p95 / max | longest stall (of it computing) | memory before, peak | took | held off |',
  '|---|---|---|---|---|---|---|---|',
].join('\n');

export function rowOf(played: Played): string {
  const { stop, outcome, fared, vitals, tookMs } = played;
  const flaws = flawsOf(played);
  const [first] = flaws;
  const cells = [
    `${stop.number}`,
    stop.tried,
    first ?? outcome.summary,
    `${fared.sentences}, ${seconds(fared.p95Ms)} / ${seconds(fared.maxMs)}${lostIn(fared)}`,
    `${vitals.longestMs} ms (${vitals.computedMs})`,
    `${megabytes(vitals.rssBytes)}, ${megabytes(vitals.peakRssBytes)}`,
    seconds(tookMs),
    flaws.length === 0 ? 'yes' : '**no**',
  ];
  return `| ${cells.join(' | ')} |`;
}

export function baselineLine(quiet: Fared | undefined): string {
  if (!quiet) return '';
  const { sentences, p95Ms, maxMs } = quiet;
  return `Without an attack: ${sentences} sentences, final in the channel ${seconds(p95Ms)} (p95) and ${seconds(maxMs)} (max) after their end${lostIn(quiet)}.`;
}

function lostIn({ missing }: Fared): string {
  return missing.length === 0 ? '' : `, ${missing.length} lost`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
