import type { Call } from './talkers.ts';

export interface Place {
  readonly isWatched?: boolean; // somebody has a live page open
  readonly format?: 'pcm_s16le' | 'ogg'; // of Parley's audio; default pcm_s16le
  readonly bot: string; // user id
  readonly call: Call;
  readonly apiUrl: string; // of the sink
  readonly streamUrl: string;
  readonly time: 'real' | 'by packets'; // by packets: 20 ms pass with one packet from everybody, however fast the packets come
}

/** The cost of a period of talk. */
export interface Cost {
  readonly cpuUs: number; // user and system time of the whole process
  readonly frames: number; // decoded and sent towards the recogniser
}

/** The vital signs during a period of talk in real time. */
export interface Vitals extends Cost {
  readonly durationMs: number;
  readonly delayP50Ms: number; // of the event loop
  readonly delayP99Ms: number;
  readonly gcMs: number;
  readonly rssBytes: number; // after a collection
}

export type ContestantCalls = {
  readonly join: (place: Place) => Promise<void>;
  /** Starts to count costs. */
  readonly begin: (input: { readonly frames: number }) => void; // of all speakers together
  /** Resolves when all frames have come, or none has come for a while. */
  readonly finished: (input: undefined) => Promise<Cost>;
  /** Like `begin` and `finished`, but for the vital signs of the process. */
  readonly watch: (input: undefined) => void;
  readonly watched: (input: undefined) => Promise<Vitals>;
  readonly rssBytes: (input: undefined) => Promise<number>; // after a collection
  readonly packets: (input: undefined) => number; // accepted since the contestant joined
};
