import type { Coding } from './speech.ts';

/** The middle of several rounds, and the extremes. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export type Contestant = 'pipeline' | 'decode' | 'usual' | 'floor';

/** What one frame costs each contestant, from interleaved rounds. */
export interface Throughput {
  readonly speakers: number;
  readonly coding: Coding;
  readonly usPerFrame: Readonly<Partial<Record<Contestant, Spread>>>;
  /** Each the middle of the rounds' own ratios: what disturbs a round disturbs both of its sides. */
  readonly ratios: Readonly<Record<string, Spread | null>>;
  readonly missingFrames: number; // that were sent and did not come out decoded, in all rounds together
}

/** A meeting in real time. */
export interface RealTime {
  readonly p50DelayMs: number; // of the event loop
  readonly p99DelayMs: number;
  readonly sentPackets: number;
  readonly lostPackets: number;
  readonly rssPerSpeakerKb: number;
  readonly gcMsPerS: number;
  readonly cpuPercent: number; // of one core
  /** `null` when too little came out to tell. */
  readonly packetToSocketMs: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
}

export interface Latency {
  readonly packetToSocketP95Ms: number | null; // from a chunk's first packet to its arrival at the recogniser
  readonly finalToRestP50Ms: number | null;
  readonly finalToRestP95Ms: number | null;
  readonly speechEndToPostedP50Ms: number | null;
  readonly speechEndToPostedMaxMs: number | null;
  readonly startToReadyMs: number | null;
  readonly commandToFirstAudioMs: number | null;
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly speech: 'espeak-ng' | 'tones';
  readonly loadBefore: number; // of the last minute, as the system tells it
}

/** What `--json` writes. */
export interface Figures {
  readonly machine: Machine;
  readonly date: string;
  readonly durationS: number;
  readonly ratios: Readonly<Record<string, number | null>>;
  readonly realtime: Readonly<Record<string, RealTime | null>>; // by number of speakers
  readonly usualRealtime: Readonly<Record<string, RealTime | null>>;
  readonly latency: Latency;
  readonly search: Readonly<Record<string, number | null>>;
  readonly throughput: readonly Throughput[];
  /** Why a figure is null, by its path: `search.10M`. */
  readonly reasons: Readonly<Record<string, string>>;
}
