import type { Readers } from '../figures.ts';
import { type Row, rounded } from '../table.ts';

/** What the readers of a live page cost. @param reason - why it was not measured */
export function readersRows(readers: Readers | null, reason: string): Row[] {
  const head = [
    'readers',
    'words p50 / p95 / longest',
    'lost',
    'core',
    'loop p99',
    'memory',
    'grown',
    'by readers who take nothing',
  ];
  if (!readers) return [head, [`- (${reason})`, ...head.slice(1).map(() => '-')]];
  const { arrivedP50Ms, arrivedP95Ms, arrivedMaxMs } = readers;
  return [
    head,
    [
      String(readers.readers),
      `${[arrivedP50Ms, arrivedP95Ms, arrivedMaxMs].map((ms) => Math.round(ms)).join(' / ')} ms`,
      String(readers.lost),
      `${Math.round(readers.cpuPercent)} %`,
      `${Math.round(readers.loopP99Ms)} ms`,
      `${Math.round(readers.memoryMb)} MB`,
      `${rounded(readers.grownMb)} MB`,
      `${rounded(readers.slowGrownMb)} MB after ${readers.slowTexts} texts`,
    ],
  ];
}
