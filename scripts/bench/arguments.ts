import { parseArgs } from 'node:util';

export const PARTS = [
  'throughput',
  'passed-on',
  'uplink',
  'realtime',
  'latency',
  'minutes',
  'idle',
  'audience',
  'burst',
  'fleet',
  'readers',
  'length',
  'journal',
] as const;
export type Part = (typeof PARTS)[number];

export interface BenchOptions {
  readonly json: string | undefined; // the file to write
  readonly compare: string | undefined; // the file of an earlier run
  readonly onto: string | undefined; // the file of an earlier run, from which missing figures are taken
  readonly quick: boolean;
  readonly smoke: boolean;
  readonly docs: boolean; // renews docs/performance.md and its charts
  readonly parts: readonly Part[];
  readonly tenMillion: boolean; // segments in the journal
  readonly flame: string | undefined; // the CPU profile to draw instead of measuring
}

export const USAGE = `npm run bench -- [--quick] [--json FILE] [--compare FILE] [--docs] [--only PARTS] [--onto FILE] [--search-10m]
npm run bench -- --smoke
npm run bench -- --flame FILE

  --quick         under a minute: 50 speakers, stereo-coded, few rounds
  --json FILE     writes every figure to FILE
  --compare FILE  prints what changed beyond noise since the run that wrote FILE
  --docs          renews the tables of docs/performance.md and its charts
  --only PARTS    measures only these, separated by commas: ${PARTS.join(', ')}
  --onto FILE     takes figures that this run does not measure from the run that wrote FILE
  --search-10m    also fills the journal with ten million segments, which takes minutes and 6 GB of disk
  --smoke         compares only our pipeline with bare decode, in seconds, for CI; never fails
  --flame FILE    draws a CPU profile into docs/performance/flame.svg and measures nothing;
                  BENCH_PROFILE=FOLDER npm run bench writes one per process into FOLDER
`;

/** @throws {TypeError} for options that do not exist */
export function readArguments(given: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...given],
    options: {
      json: { type: 'string' },
      compare: { type: 'string' },
      onto: { type: 'string' },
      quick: { type: 'boolean', default: false },
      smoke: { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
      only: { type: 'string' },
      'search-10m': { type: 'boolean', default: false },
      flame: { type: 'string' },
    },
  });
  const { json, compare, onto, quick, smoke, docs, flame } = values;
  return {
    json,
    compare,
    onto,
    quick,
    smoke,
    docs,
    flame,
    parts: readParts(values.only),
    tenMillion: values['search-10m'],
  };
}

function readParts(only: string | undefined): readonly Part[] {
  if (only === undefined) return PARTS;
  const wanted = only.split(',');
  const unknown = wanted.filter((name) => !PARTS.some((part) => part === name));
  if (unknown.length > 0) {
    throw Object.assign(new TypeError(`There is no part ${unknown.join(', ')}`), {
      code: 'ERR_PARSE_ARGS_UNKNOWN_PART',
    });
  }
  return PARTS.filter((part) => wanted.includes(part));
}
