import type { Figures, Fleet, Moves } from '../figures.ts';
import { type Row, rounded } from '../table.ts';

const HEAD = [
  'meetings',
  'core',
  'without one',
  'memory',
  'loop p99',
  'requests',
  'refused',
  'wait p95',
  'sentences',
  'damaged',
  'late',
  'end to shown p50 / p95',
  'starts answered',
  'around it: core, loop p99',
  'elsewhere',
];

/** One process with more and more running meetings. */
export function fleetRows(fleet: Figures['fleet']): Row[] {
  const measured = Object.values(fleet).filter((one) => one !== null);
  return [HEAD, ...measured.toSorted((a, b) => a.meetings - b.meetings).map(fleetRow)];
}

function fleetRow(one: Fleet): Row {
  return [
    String(one.meetings),
    `${Math.round(one.cpuPercent)} %`,
    `${Math.round(one.waitedPercent)} %`,
    `${Math.round(one.rssMb)} MB`,
    `${Math.round(one.loopP99Ms)} ms`,
    `${rounded(one.requestsPerS)} a second`,
    String(one.refused),
    `${Math.round(one.waitP95Ms)} ms`,
    String(one.sentences),
    String(one.damaged),
    String(one.late),
    `${inSeconds(one.toShownP50Ms)} / ${inSeconds(one.toShownP95Ms)}`,
    `${one.startsAtOnce} after ${inSeconds(one.startsAnsweredMs)}`,
    `${Math.round(one.aroundCpuPercent)} %, ${Math.round(one.aroundLoopP99Ms)} ms`,
    `${Math.round(one.elsewhereCpuPercent)} %`,
  ];
}

/** What a move costs. @param reason - why it was not measured */
export function movesRows(moves: Moves | null, reason: string): Row[] {
  const head = ['moves', 'unheard p50 / p95', 'gaps that the journal notes', 'their length p50 / p95'];
  if (!moves) return [head, [`- (${reason})`, '-', '-', '-']];
  return [
    head,
    [
      String(moves.moves),
      `${inSeconds(moves.unheardP50Ms)} / ${inSeconds(moves.unheardP95Ms)}`,
      String(moves.notedGaps),
      `${inSeconds(moves.notedP50Ms)} / ${inSeconds(moves.notedP95Ms)}`,
    ],
  ];
}

function inSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
