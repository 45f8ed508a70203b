import type { Log } from '../core/log.ts';
import type { Limits } from './limits.ts';
import type { SocketPool } from './sockets/pool.ts';
import type { ChunkStore } from './tape/chunks.ts';

/** A stream, as far as its transcriber looks after it. */
export interface TendedStream extends AsyncDisposable {
  /**
   * Does what is due. Returns false when nothing can become due before the next frame.
   *
   * @param isCaughtUp - all audio that has come was handed over: what is missing was not said
   */
  tick(isCaughtUp: boolean): boolean;
  /** Gives the socket back if it is only kept for what may come. */
  yieldSocket(): void;
}

/** What all streams of one transcriber share. */
export interface Shared {
  readonly pool: SocketPool;
  readonly store: ChunkStore;
  readonly limits: Limits;
  readonly sampleRateHz: number;
  readonly finalize: boolean;
  readonly watchedChunkMs: number; // instead of 320, while somebody watches words grow
  readonly fillerFilter?: boolean;
  readonly random: () => number;
  readonly log: Log;
  readonly nextId: () => string;
  readonly count: (what: 'malformed' | 'unknown' | 'misplaced') => void;
  /** Have `tick` called from now on. */
  readonly wake: (stream: TendedStream) => void;
  readonly forget: (stream: TendedStream) => void;
}
