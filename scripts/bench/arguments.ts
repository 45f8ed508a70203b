import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly json: string | undefined; // file to write
  readonly compare: string | undefined; // file of an earlier run
  readonly quick: boolean;
  readonly docs: boolean; // renew docs/performance.md and its charts
}

export const USAGE = `npm run bench -- [--quick] [--json FILE] [--compare FILE] [--docs]

  --quick         under a minute: 50 speakers, stereo-coded, few rounds
  --json FILE     writes every figure to FILE
  --compare FILE  prints what moved beyond noise since the run that wrote FILE
  --docs          renews the tables of docs/performance.md and its charts
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
    },
  });
  return { json: values.json, compare: values.compare, quick: values.quick, docs: values.docs };
}
