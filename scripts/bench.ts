import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchOptions, readArguments, USAGE } from './bench/arguments.ts';
import { movesBetween } from './bench/compare.ts';
import { writeDocument } from './bench/document.ts';
import type { Figures } from './bench/figures.ts';
import { type CpuProfile, flameGraph } from './bench/flame.ts';
import { measure } from './bench/measure.ts';
import { asText, latencyRows, realTimeRows, targetRows, throughputRows } from './bench/table.ts';

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

/** Measures, shows, and keeps or compares as asked. */
async function bench({ quick, json, compare, docs, flame }: BenchOptions): Promise<void> {
  if (flame !== undefined) {
    const profile = JSON.parse(readFileSync(flame, 'utf8')) as CpuProfile; // what node --cpu-prof wrote
    writeFileSync(join(DOCS, 'performance/flame.svg'), flameGraph(profile));
    return;
  }
  const before = compare === undefined ? undefined : readRun(compare);
  const figures = await measure(quick, (what) => process.stderr.write(`${what}\n`));
  const { machine, durationS } = figures;
  say(
    `${machine.cores} cores of ${machine.cpu}, Node ${machine.node}, speech by ${machine.speech}, ${Math.round(durationS)} s`,
  );
  for (const rows of [
    targetRows(figures),
    throughputRows(figures.throughput),
    realTimeRows(figures),
    latencyRows(figures),
  ]) {
    say(`\n${asText(rows)}`);
  }
  if (before) tellMoves(before, figures);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(figures, undefined, 2)}\n`);
  if (docs) writeDocument(figures, DOCS);
}

function tellMoves(before: Figures, now: Figures): void {
  const moves = movesBetween(before, now);
  say(`\nSince ${before.date}: ${moves.length === 0 ? 'nothing moved beyond noise' : 'beyond noise moved'}`);
  for (const move of moves) {
    say(`  ${move.isBetter ? 'better' : 'WORSE'}  ${move.path}: ${move.before.toFixed(2)} -> ${move.now.toFixed(2)}`);
  }
}

function readRun(file: string): Figures {
  return JSON.parse(readFileSync(file, 'utf8')) as Figures; // what an earlier --json wrote
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
