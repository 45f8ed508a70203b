import type { Log } from '../core/log.ts';
import type { FormatInUse } from './format-in-use.ts';
import type { Limits } from './limits.ts';
import type { SocketPool } from './sockets/pool.ts';
import type { ChunkStore } from './tape/chunks.ts';

/** A stream as its transcriber sees it. */
export interface TendedStream extends AsyncDisposable {
  /**
   * Does what is due. Returns false when nothing can become due before the next frame.
   *
   * @param isCaughtUp - all audio that arrived was handed over: what is missing was not spoken
   */
  tick(isCaughtUp: boolean): boolean;
  /** Gives the socket back if it is only kept for the next talk. */
  yieldSocket(): void;
  /** Audio sent so far, and the part of it that is silence made by the bot. */
  sent(): { readonly sentMs: number; readonly silenceMs: number };
}

/** The parts that all streams of one transcriber share. */
export interface Shared {
  readonly pool: SocketPool;
  readonly store: ChunkStore;
  readonly limits: Limits;
  readonly sampleRateHz: number;
  readonly format: FormatInUse;
  readonly finalize: boolean;
  readonly closingLead: boolean; // whether closing silence is sent ahead of time
  readonly watchedChunkMs: number; // sent at once while somebody watches words grow, instead of 320
  readonly fillerFilter?: boolean;
  readonly random: () => number;
  readonly log: Log;
  readonly nextId: () => string;
  readonly count: (what: 'malformed' | 'unknown' | 'misplaced') => void;
  /** Calls `tick` from now on, until it returns false. */
  readonly wake: (stream: TendedStream) => void;
  readonly forget: (stream: TendedStream) => void;
}
