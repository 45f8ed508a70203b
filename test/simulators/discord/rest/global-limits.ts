import type { Limit } from './route.ts';

const GLOBAL: Limit = { count: 50, perMs: 1_000 };

/** Who is counted for a request: the bot's token, over all its processes, or the address of one that carries no token. */
export type Caller = 'token' | (string & {});

interface Count {
  accepted: number;
  refused: number;
  inWindow: number;
  windowEndsAtMs: number;
}

/** Fifty requests a second of each caller, in windows that begin with their first request. */
export class GlobalLimits {
  readonly #counts = new Map<Caller, Count>();

  /** How many requests of each caller were let through this limit, and how many were not. */
  get counts(): ReadonlyMap<Caller, Readonly<Pick<Count, 'accepted' | 'refused'>>> {
    return this.#counts;
  }

  /** How long the caller has to wait; nothing when the request may go on. */
  waitMs(caller: Caller): number | undefined {
    const count = this.#count(caller);
    if (count.inWindow < GLOBAL.count) return undefined;
    count.refused += 1;
    return count.windowEndsAtMs - Date.now();
  }

  /** Counts a request that no limit refused. */
  accept(caller: Caller): void {
    const count = this.#count(caller);
    count.accepted += 1;
    count.inWindow += 1;
  }

  #count(caller: Caller): Count {
    const now = Date.now();
    const known = this.#counts.get(caller) ?? { accepted: 0, refused: 0, inWindow: 0, windowEndsAtMs: 0 };
    this.#counts.set(caller, known);
    if (known.windowEndsAtMs <= now) {
      known.inWindow = 0;
      known.windowEndsAtMs = now + GLOBAL.perMs;
    }
    return known;
  }
}

/** How many of these moments lie within one second, where they lie closest. */
export function busiestSecond(momentsMs: readonly number[]): number {
  const sorted = momentsMs.toSorted((a, b) => a - b);
  let first = 0;
  let most = 0;
  for (const [index, momentMs] of sorted.entries()) {
    while (momentMs - (sorted[first] ?? momentMs) >= 1_000) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}
