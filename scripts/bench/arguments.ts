import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly json: string | undefined; // file to write
  readonly compare: string | undefined; // file of an earlier run
  readonly quick: boolean;
  readonly docs: boolean; // renew docs/performance.md and its charts
  readonly flame: string | undefined; // CPU profile to draw instead of measuring
}

export const USAGE = `npm run bench -- [--quick] [--json FILE] [--compare FILE] [--docs]
npm run bench -- --flame FILE

  --quick         under a minute: 50 speakers, stereo-coded, few rounds
  --json FILE     writes every figure to FILE
  --compare FILE  prints what moved beyond noise since the run that wrote FILE
  --docs          renews the tables of docs/performance.md and its charts
  --flame FILE    draws a CPU profile into docs/performance/flame.svg and measures nothing;
                  BENCH_PROFILE=FOLDER npm run bench leaves one of each process in FOLDER
`;

/** @throws {TypeError} for options that do not exist */
export function readArguments(given: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...given],
    options: {
      json: { type: 'string' },
      compare: { type: 'string' },
      quick: { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
      flame: { type: 'string' },
    },
  });
  return { json: values.json, compare: values.compare, quick: values.quick, docs: values.docs, flame: values.flame };
}
