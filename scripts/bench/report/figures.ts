import type { Coding } from '../speech.ts';

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

/** The whole bot in so many servers, with nothing to do but to hear who comes and goes. */
export interface Idle {
  readonly rssMb: number; // as the system counts it, 10^6 bytes
  readonly cpuPercent: number; // of one core
  readonly startToReadyMs: number;
}

/** One part of a long meeting. */
export interface LongMeeting {
  readonly minute: number; // at which the part ends
  readonly usPerFrame: number;
  readonly rssMb: number; // after a collection
}

/** Many people talking at once, through the whole bot. */
export interface Burst {
  readonly people: number;
  readonly sentences: number; // that were said
  readonly misheard: number; // of them, by the recogniser: audio came late or not at all
  readonly lost: number; // texts that the recogniser told and nobody was shown
  readonly outOfOrder: number; // sentences behind one that was begun clearly later
  readonly finalToShownP95Ms: number;
  readonly finalToShownMaxMs: number;
  readonly refusedPerMinute: number; // requests that Discord answered with 429
  readonly messagesPerMinute: number;
  readonly editsPerMinute: number;
}

/** What the whole bot costs, in per cent of a core, with two people talking. */
export interface Audience {
  readonly alone: number; // the two of them
  readonly amongHundred: number;
}

/** What becomes of one long meeting, each made alone, in ms. */
export interface MinutesTimes {
  readonly posted: number; // what is posted at its end, with the picture
  readonly formats: Readonly<Record<string, number>>; // every export
  readonly slowest: number;
  readonly together: number; // all of them at the same time
}

const LATENCIES = [
  'packetToSocketP95Ms', // from a chunk's first packet to its arrival at the recogniser, 50 talking
  'packetToSocketOf10P95Ms',
  'packetToSocketWatchedP95Ms', // likewise of 10, while somebody watches words grow and pieces are smaller
  'finalToRestP50Ms',
  'finalToRestP95Ms',
  'speechEndToPostedP50Ms',
  'speechEndToPostedMaxMs',
  'startToReadyMs',
  'commandToFirstAudioMs',
  'minutesOfTwoHoursMs', // of the slowest format
] as const;
export type Latency = Readonly<Record<(typeof LATENCIES)[number], number | null>>;

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
  /** In ms, by database, size and what: `sqlite_2M_p95Ms`, `postgres_insertP99Ms`. */
  readonly search: Readonly<Record<string, number | null>>;
  readonly idle: Readonly<Record<string, Idle | null>>; // by number of servers
  readonly burst: Burst | null;
  readonly audience: Audience | null;
  readonly longMeeting: readonly LongMeeting[] | null;
  readonly minutes: Readonly<Record<string, MinutesTimes | null>>; // by the meeting's hours
  readonly throughput: readonly Throughput[];
  /** Why a figure is null, by its path: `search.sqlite_10M_p95Ms`. */
  readonly reasons: Readonly<Record<string, string>>;
}
