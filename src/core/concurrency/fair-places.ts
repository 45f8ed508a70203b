import type { GuildId } from '../ids.ts';

export interface PlaceLimits {
  readonly atOnce: number;
  readonly waiting: number; // in all
  readonly waitingOfOne: number; // of one server
}

interface Waiter {
  readonly guildId: GuildId;
  readonly enter: (place: Disposable) => void;
}

/**
 * Places for work that takes memory or time from everybody: few at once, and one per server.
 *
 * A free place goes to the waiting server that was served longest ago, so a server's tenth request waits behind another
 * server's first.
 */
export class FairPlaces {
  readonly #limits: PlaceLimits;
  readonly #running = new Set<GuildId>();
  readonly #waiting: Waiter[] = [];
  readonly #servedAt = new Map<GuildId, number>(); // the latest turn of servers that wait or run
  #turn = 0;

  constructor(limits: PlaceLimits) {
    this.#limits = limits;
  }

  /** Waits for a place; dispose of the place to give it back. `'full'`: too many are waiting. @throws the signal's reason */
  async take(guildId: GuildId, signal?: AbortSignal): Promise<Disposable | 'full'> {
    signal?.throwIfAborted();
    if (this.#running.size < this.#limits.atOnce && !this.#running.has(guildId)) return this.#enter(guildId);
    const theirs = this.#waiting.filter((waiter) => waiter.guildId === guildId).length;
    if (this.#waiting.length >= this.#limits.waiting || theirs >= this.#limits.waitingOfOne) return 'full';
    const { promise, resolve, reject } = Promise.withResolvers<Disposable>();
    const waiter = { guildId, enter: resolve };
    const leave = () => {
      const at = this.#waiting.indexOf(waiter);
      if (at >= 0) this.#waiting.splice(at, 1);
      reject(signal?.reason);
    };
    this.#waiting.push(waiter);
    signal?.addEventListener('abort', leave);
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }

  #enter(guildId: GuildId): Disposable {
    this.#running.add(guildId);
    this.#turn += 1;
    this.#servedAt.set(guildId, this.#turn);
    let isBack = false;
    return {
      [Symbol.dispose]: () => {
        if (isBack) return;
        isBack = true;
        this.#running.delete(guildId);
        this.#admit();
        const isHere = this.#running.has(guildId) || this.#waiting.some((waiter) => waiter.guildId === guildId);
        if (!isHere) this.#servedAt.delete(guildId);
      },
    };
  }

  #admit(): void {
    while (this.#running.size < this.#limits.atOnce) {
      const next = this.#waiting
        .filter(({ guildId }) => !this.#running.has(guildId))
        .toSorted((a, b) => (this.#servedAt.get(a.guildId) ?? 0) - (this.#servedAt.get(b.guildId) ?? 0))[0];
      if (!next) return;
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      next.enter(this.#enter(next.guildId));
    }
  }
}
