import type { Part } from './arguments.ts';
import type { FleetSizes } from './parts/fleet.ts';
import type { Coding } from './speech.ts';

export const COUNTS = [1, 10, 50, 200] as const;
export const CODINGS = ['mono', 'stereo'] as const;
export const PASSED_ON_SPEAKERS = 50;
export const GUILDS = [1, 500, 2_000] as const;
export const FLEET_SIZES = [10, 30, 60, 100] as const; // running meetings
export const HOURS = [0.5, 1, 2, 4] as const;
export const TEN_MILLION = 10_000_000;
export const SQLITE_SIZES = [10_000, 100_000, 1_000_000, 2_000_000, TEN_MILLION] as const; // two: 1,000 long meetings
export const POSTGRES_SIZE = 2_000_000;

/** How much to measure. */
export interface Plan {
  readonly throughput: { readonly counts: readonly number[]; readonly codings: readonly Coding[] };
  readonly rounds: number;
  readonly frames: number;
  readonly warmUpFrames: number; // over a minute of two people, because the first seconds of a meeting cost more
  readonly uplinkMs: number;
  readonly realTime: readonly number[];
  readonly usualRealTime: readonly number[];
  readonly measuredMs: number;
  readonly starts: number;
  readonly utterances: number;
  readonly meetings: number;
  readonly guilds: readonly number[];
  readonly idleMs: number;
  readonly audienceMs: number;
  readonly burstMs: number;
  readonly fleet: FleetSizes;
  readonly moves: number; // of meetings between two processes
  readonly readers: number; // of one live page
  readonly readersMs: number;
  readonly longMinutes: number;
  readonly longPartMinutes: number;
  readonly minutesHours: readonly number[];
  readonly sqliteSizes: readonly number[];
  readonly postgresSize: number;
}

export const WHOLE: Plan = {
  throughput: { counts: COUNTS, codings: CODINGS },
  rounds: 40,
  frames: 1_000,
  warmUpFrames: 8_000,
  uplinkMs: 20_000,
  realTime: [...COUNTS, 250], // as many as one core is to carry
  usualRealTime: [10, 50],
  measuredMs: 10_000,
  starts: 3,
  utterances: 20,
  meetings: 2,
  guilds: GUILDS,
  idleMs: 8_000,
  audienceMs: 10_000,
  burstMs: 120_000,
  fleet: { guilds: 2_000, sizes: FLEET_SIZES, settlingMs: 8_000, measuredMs: 25_000 },
  moves: 50,
  readers: 1_000,
  readersMs: 15_000,
  longMinutes: 240,
  longPartMinutes: 30,
  minutesHours: HOURS,
  sqliteSizes: SQLITE_SIZES.filter((size) => size < TEN_MILLION),
  postgresSize: POSTGRES_SIZE,
};

export const QUICK: Plan = {
  ...WHOLE,
  throughput: { counts: [50], codings: ['stereo'] },
  rounds: 12,
  frames: 1_000,
  realTime: [50],
  usualRealTime: [],
  measuredMs: 3_000,
  starts: 1,
  utterances: 2,
  meetings: 1,
  guilds: [],
  fleet: { guilds: 200, sizes: [10, 30], settlingMs: 5_000, measuredMs: 10_000 },
  moves: 10,
  readers: 200,
  readersMs: 3_000,
  minutesHours: [2],
  sqliteSizes: [10_000],
};

/** Limits in seconds, generous enough for a busy machine. A part that takes longer is given up. */
export const LIMITS_S = {
  throughput: 200,
  'passed-on': 120,
  uplink: 240,
  realtime: 120,
  latency: 240,
  minutes: 60,
  idle: 60,
  audience: 120,
  burst: 240,
  fleet: 360,
  readers: 120,
  length: 300,
  journal: 300,
} as const satisfies Record<Part, number>;
export const MOVES_LIMIT_S = 360;
export const TEN_MILLION_LIMIT_S = 1_800;
/** The whole run stays under 25 minutes, except with ten million segments. */
export const BUDGET_S = 1_470;
/** Who talks at once behind the narrow uplink. */
export const UPLINK = [
  { format: 'pcm_s16le', people: 2 },
  { format: 'pcm_s16le', people: 3 },
  { format: 'ogg', people: 3 },
  { format: 'ogg', people: 20 },
] as const;
