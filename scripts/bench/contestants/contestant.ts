import type { Call } from './talkers.ts';

export interface Place {
  readonly isWatched?: boolean; // somebody sees words grow
  readonly bot: string; // user id
  readonly call: Call;
  readonly apiUrl: string; // of the sink
  readonly streamUrl: string;
  readonly time: 'real' | 'by packets'; // by packets: 20 ms pass with each packet of everybody, however fast they come
}

/** What a stretch of talk cost. */
export interface Cost {
  readonly cpuUs: number; // of the whole process: user and system
  readonly frames: number; // decoded and on their way to the recogniser
}

/** How a stretch of talk went in real time. */
export interface Vitals extends Cost {
  readonly durationMs: number;
  readonly delayP50Ms: number; // of the event loop
  readonly delayP99Ms: number;
  readonly gcMs: number;
  readonly rssBytes: number; // after a collection
}

export type ContestantCalls = {
  readonly join: (place: Place) => Promise<void>;
  /** From now on costs are counted. */
  readonly begin: (input: { readonly frames: number }) => void; // of all speakers together
  /** Resolves when all frames came, or none came for a while. */
  readonly finished: (input: undefined) => Promise<Cost>;
  /** Like `begin` and `finished`, with the vital signs of the process. */
  readonly watch: (input: undefined) => void;
  readonly watched: (input: undefined) => Promise<Vitals>;
  readonly rssBytes: (input: undefined) => Promise<number>; // after a collection
  readonly packets: (input: undefined) => number; // that were let in since it joined
};
