import type { Log } from '../core/log.ts';
import type { Limits } from './limits.ts';
import type { SocketPool } from './sockets/pool.ts';
import type { PalabraStream } from './stream.ts';
import type { ChunkStore } from './tape/chunks.ts';

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
  readonly wake: (stream: PalabraStream) => void;
  readonly forget: (stream: PalabraStream) => void;
}
