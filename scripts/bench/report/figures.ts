import type { Coding } from '../speech.ts';

/** The median and the extremes of several rounds. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export type Contestant = 'pipeline' | 'decode' | 'usual' | 'floor' | 'passedOn';

/** The cost of one frame for each contestant, from interleaved rounds. */
export interface Throughput {
  readonly speakers: number;
  readonly coding: Coding;
  readonly usPerFrame: Readonly<Partial<Record<Contestant, Spread>>>;
  /** The median of the rounds' own ratios, because a disturbance affects both contestants of a round. */
  readonly ratios: Readonly<Record<string, Spread | null>>;
  readonly missingFrames: number; // sent but not decoded, in all rounds together
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
  /** `null` when there is too little output. */
  readonly packetToSocketMs: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
}

/** People who all talk at once, heard by the whole bot behind an uplink of 2 Mbit/s. */
export interface Uplink {
  readonly format: 'pcm_s16le' | 'ogg';
  readonly people: number;
  readonly sentences: number; // that were said
  readonly lost: number; // of those, that the recogniser did not hear whole within 15 s of the last one
  readonly delayP50Ms: number; // from the end of a sentence to its final, 700 ms of silence included
  readonly delayP95Ms: number;
  readonly kbitPerS: number; // sent for a person who talks
  readonly violations: number; // of the API document, and of the RFCs of Ogg
}

/** The whole bot in a number of servers, where it only learns who comes and goes. */
export interface Idle {
  readonly rssMb: number; // as the operating system reports it, in 10^6 bytes
  readonly cpuPercent: number; // of one core
  readonly startToReadyMs: number;
}

/** One part of a long meeting. */
export interface LongMeeting {
  readonly minute: number; // the end of the part
  readonly usPerFrame: number;
  readonly rssMb: number; // after a collection
}

/** Many people talking at once, through the whole bot. */
export interface Burst {
  readonly people: number;
  readonly sentences: number; // that were said
  readonly misheard: number; // sentences that the recogniser misheard, because audio came late or not at all
  readonly lost: number; // texts of the recogniser that never appeared
  readonly outOfOrder: number; // sentences that appear after one that clearly began later
  readonly finalToShownP95Ms: number;
  readonly finalToShownMaxMs: number;
  readonly refusedPerMinute: number; // requests that Discord answered with 429
  readonly messagesPerMinute: number;
  readonly editsPerMinute: number;
}

/** The cost of the whole bot with two people talking, in percent of a core. */
export interface Audience {
  readonly alone: number; // only the two people
  readonly amongHundred: number;
}

/** One process in many servers, some of which have a meeting in which one person talks. */
export interface Fleet {
  readonly meetings: number;
  readonly cpuPercent: number; // of one core, by the bot
  readonly waitedPercent: number; // of the time: it had something to do, and no core to do it on
  readonly rssMb: number;
  readonly loopP99Ms: number; // of the bot
  readonly requestsPerS: number; // to Discord
  readonly refused: number; // with 429
  readonly waitP95Ms: number; // of a request inside the bot, for limits and in queues
  readonly sentences: number; // that were said
  readonly damaged: number; // that the recogniser did not hear whole
  readonly late: number; // heard, and not shown within 15 s of their end
  readonly toShownP50Ms: number; // from the end of a sentence until all of it stood in the channel
  readonly toShownP95Ms: number;
  readonly startsAtOnce: number;
  readonly startsAnsweredMs: number; // until all of them were answered
  readonly aroundCpuPercent: number; // of one core, by simulators and talkers
  readonly aroundLoopP99Ms: number; // of the busiest of those processes
  readonly elsewhereCpuPercent: number; // of one core, by everything else on the machine
}

/** Meetings that went from one process of a cluster to another, while one person talked in each. */
export interface Moves {
  readonly moves: number;
  /** From when the voice connection of the process before was over until the next one had the keys of everybody. */
  readonly unheardP50Ms: number;
  readonly unheardP95Ms: number;
  readonly notedGaps: number; // stretches that the journal says nobody heard
  readonly notedP50Ms: number; // of those
  readonly notedP95Ms: number;
}

/** One live page of four people who talk, and its many readers: quick ones, then ones that take nothing. */
export interface Readers {
  readonly readers: number;
  readonly texts: number; // published while they read: each word that is added to a sentence
  readonly arrivedP50Ms: number; // from when a text was published until a browser had it
  readonly arrivedP95Ms: number;
  readonly arrivedMaxMs: number;
  readonly lost: number; // finals that a browser did not get
  readonly cpuPercent: number; // of one core, by the process with the page
  readonly loopP99Ms: number;
  readonly memoryMb: number; // that the process uses after a garbage collection, buffers included
  readonly grownMb: number; // of that, while they talked
  readonly slowTexts: number; // published while readers took nothing
  readonly slowCpuPercent: number;
  readonly slowGrownMb: number;
}

/** The times for the minutes of one long meeting, each made alone, in ms. */
export interface MinutesTimes {
  readonly posted: number; // the posted minutes, with the picture
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
  'firstWordsInChannelP50Ms', // from the end of a sentence's first word until it is there
  'firstWordsOnPageP50Ms', // likewise on a live page that somebody has open
  'speechEndToPostedP50Ms',
  'speechEndToPostedP95Ms',
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
  readonly loadBefore: number; // the load of the last minute
}

/** The content of the file that `--json` writes. */
export interface Figures {
  readonly machine: Machine;
  readonly date: string;
  readonly durationS: number;
  readonly ratios: Readonly<Record<string, number | null>>;
  readonly realtime: Readonly<Record<string, RealTime | null>>; // by number of speakers
  readonly usualRealtime: Readonly<Record<string, RealTime | null>>;
  readonly latency: Latency;
  /** In ms, by database, size and figure: `sqlite_2M_p95Ms`, `postgres_insertP99Ms`. */
  readonly search: Readonly<Record<string, number | null>>;
  readonly idle: Readonly<Record<string, Idle | null>>; // by number of servers
  readonly burst: Burst | null;
  readonly fleet: Readonly<Record<string, Fleet | null>>; // by number of running meetings
  readonly moves: Moves | null;
  readonly readers: Readers | null;
  readonly audience: Audience | null;
  readonly longMeeting: readonly LongMeeting[] | null;
  readonly minutes: Readonly<Record<string, MinutesTimes | null>>; // by the meeting's hours
  readonly throughput: readonly Throughput[];
  readonly passedOn: readonly Throughput[]; // where packets are passed on, as Opus in Ogg
  readonly passedOnRealtime: RealTime | null; // 50 people
  readonly uplink: readonly Uplink[] | null;
  /** The reason for each figure that is null, by its path, such as `search.sqlite_10M_p95Ms`. */
  readonly reasons: Readonly<Record<string, string>>;
}
