import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchOptions, readArguments, USAGE } from './bench/arguments.ts';
import { type CpuProfile, flameGraph } from './bench/flame.ts';
import { LEFT_OUT, measure, ONLY_10M } from './bench/measure.ts';
import { movesBetween } from './bench/report/compare.ts';
import { writeDocument } from './bench/report/document.ts';
import type { Figures } from './bench/report/figures.ts';
import { growthTables } from './bench/report/growth-table.ts';
import { mergeRuns } from './bench/report/merge.ts';
import { asText, latencyRows, type Row, realTimeRows, targetRows, throughputRows } from './bench/report/table.ts';
import { smoke } from './bench/smoke.ts';

const DOCS = join(import.meta.dirname, '../docs');

try {
  await bench(readArguments(process.argv.slice(2)));
  process.exit();
} catch (error) {
  const isMisuse = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (!isMisuse) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}`);
  process.exitCode = 1;
}

/** Measures and shows the figures; saves them or compares them if the options say so. */
async function bench(options: BenchOptions): Promise<void> {
  const { json, compare, docs, flame } = options;
  if (flame !== undefined) {
    const profile = JSON.parse(readFileSync(flame, 'utf8')) as CpuProfile; // the format of node --cpu-prof
    writeFileSync(join(DOCS, 'performance/flame.svg'), flameGraph(profile));
    return;
  }
  if (options.smoke) {
    say(await smoke());
    return;
  }
  const before = compare === undefined ? undefined : readRun(compare);
  const older = options.onto === undefined ? undefined : readRun(options.onto);
  const measured = await measure(options, (what) => process.stderr.write(`${what}\n`));
  const figures = older ? mergeRuns(older, measured) : measured;
  // Saved first, so that no later failure loses the figures.
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(figures, undefined, 2)}\n`);
  show(figures);
  if (before) showMoves(before, figures);
  if (docs) writeDocument(figures, DOCS);
}

function show(figures: Figures): void {
  const { machine, durationS } = figures;
  say(
    `${machine.cores} cores of ${machine.cpu}, Node ${machine.node}, speech by ${machine.speech}, ${Math.round(durationS)} s`,
  );
  showTable('Against the targets', targetRows(figures));
  showTable('CPU time of one frame', throughputRows(figures.throughput));
  showTable('Meetings in real time', realTimeRows(figures));
  showTable('How long things take', latencyRows(figures));
  for (const { title, rows } of growthTables(figures)) showTable(title, rows);
}

/** Shows a table without the rows that this run did not measure. */
function showTable(title: string, rows: readonly Row[]): void {
  const measured = rows.filter((row) => !row.some((cell) => cell.includes(LEFT_OUT) || cell.includes(ONLY_10M)));
  if (measured.length > 1) say(`\n${title}\n${asText(measured)}`);
}

function showMoves(before: Figures, now: Figures): void {
  const moves = movesBetween(before, now);
  say(`\nSince ${before.date}: ${moves.length === 0 ? 'nothing changed beyond noise' : 'changed beyond noise'}`);
  for (const move of moves) {
    say(`  ${move.isBetter ? 'better' : 'WORSE'}  ${move.path}: ${move.before.toFixed(2)} -> ${move.now.toFixed(2)}`);
  }
}

function readRun(file: string): Figures {
  return JSON.parse(readFileSync(file, 'utf8')) as Figures; // the format of --json
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
