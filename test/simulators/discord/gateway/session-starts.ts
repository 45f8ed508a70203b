import type { Json } from '../world/events.ts';

export interface SessionStartOptions {
  readonly left: number; // of today's
  readonly maxConcurrency: number; // shards are spread over so many buckets
  readonly identifyEveryMs: number; // a bucket takes one identify in this time; 0: as many as come
}

const A_DAY = 1_000; // Discord's own, below 150,000 servers
const RESETS_AFTER_MS = 60_000; // told only: here the day never ends

/** Counts identifies, as Discord does: one after another in each bucket, and so many a day. Resumes are free. */
export class SessionStarts {
  readonly #options: SessionStartOptions;
  readonly #lastAtMs = new Map<number, number>(); // by bucket
  #left: number;

  constructor(options: SessionStartOptions) {
    this.#options = options;
    this.#left = options.left;
  }

  /** Takes one identify of a shard; what came too early has used up a start as well. */
  take(shardId: number): 'welcome' | 'too early' | 'none left' {
    if (this.#left <= 0) return 'none left';
    this.#left -= 1;
    const bucket = shardId % this.#options.maxConcurrency;
    const now = performance.now();
    const last = this.#lastAtMs.get(bucket);
    if (last !== undefined && now - last < this.#options.identifyEveryMs) return 'too early';
    this.#lastAtMs.set(bucket, now);
    return 'welcome';
  }

  /** `session_start_limit` of `/gateway/bot`. */
  json(): Json {
    return {
      total: A_DAY,
      remaining: this.#left,
      reset_after: RESETS_AFTER_MS,
      max_concurrency: this.#options.maxConcurrency,
    };
  }
}
