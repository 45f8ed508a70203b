import { Bell } from '../../core/concurrency/bell.ts';
import type { Importance, LimitedBy, SharedLimits } from '../../core/ports/shared-limits.ts';
import { KnownFailure } from '../messages/failure.ts';

/** What may wait is sent away after so long: by then there is more to say, and what must go may wait behind it. */
const PATIENCE_MS = 250;
/** Processes that were refused together should not come back together. */
const JITTER = 0.2;

/** What happened at a gate since it was last asked. */
export interface GateReport {
  readonly granted: number;
  readonly crowdedOut: number; // requests that could wait, and were sent away
  readonly longestWaitMs: number; // of a request that had to go
  readonly free: number; // the part of the limit that was left on average; 1 when nobody asked
}

interface Waiting {
  readonly sinceMs: number; // of performance.now()
  readonly importance: Importance;
  readonly settle: (refused?: Error) => void;
}

/**
 * Lets requests through one by one, as the limit that all processes share allows it: those that must go first, in their
 * order.
 */
export class Gate {
  readonly #of: LimitedBy;
  readonly #limits: SharedLimits;
  readonly #queues: Readonly<Record<Importance, Set<Waiting>>> = { 'must go': new Set(), 'may wait': new Set() };
  readonly #news = new Bell();
  #isRunning = false;
  #granted = 0;
  #crowdedOut = 0;
  #longestWaitMs = 0;
  #free = 0; // summed over those that were granted

  constructor(of: LimitedBy, limits: SharedLimits) {
    this.#of = of;
    this.#limits = limits;
  }

  /**
   * Resolves when the request may go.
   *
   * @throws {KnownFailure} `crowded out`, when it may wait and should come again later
   * @throws the signal's reason
   */
  pass(importance: Importance, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const queue = this.#queues[importance];
    const leave = () => {
      queue.delete(waiting);
      signal?.removeEventListener('abort', giveUp);
    };
    const giveUp = () => {
      leave();
      reject(signal?.reason);
    };
    const settle = (refused?: Error) => {
      leave();
      if (refused) reject(refused);
      else resolve();
    };
    const waiting = { sinceMs: performance.now(), importance, settle };
    queue.add(waiting);
    signal?.addEventListener('abort', giveUp, { once: true });
    if (this.#isRunning) this.#news.ring();
    else void this.#run();
    return promise;
  }

  /** What happened since the last report; those who still wait are counted by how long they have waited. */
  takeReport(): GateReport {
    const [first] = this.#queues['must go'];
    const waitedMs = first ? performance.now() - first.sinceMs : 0;
    const granted = this.#granted;
    const report = {
      granted,
      crowdedOut: this.#crowdedOut,
      longestWaitMs: Math.max(this.#longestWaitMs, waitedMs),
      free: granted === 0 ? (waitedMs > 0 || this.#crowdedOut > 0 ? 0 : 1) : this.#free / granted,
    };
    this.#granted = 0;
    this.#crowdedOut = 0;
    this.#longestWaitMs = 0;
    this.#free = 0;
    return report;
  }

  get #next(): Waiting | undefined {
    const [first] = this.#queues['must go'];
    return first ?? [...this.#queues['may wait']][0];
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let next = this.#next; next; next = this.#next) {
      const turn = await this.#limits.takeRequest(this.#of, next.importance);
      if (turn.isGranted) this.#letThrough(turn.free);
      else {
        const waitMs = turn.waitMs * (1 + JITTER * Math.random());
        this.#sendAway(waitMs);
        await this.#waitFor(waitMs);
      }
    }
    this.#isRunning = false;
  }

  /** What must go may have come meanwhile, or have been given up. */
  #letThrough(free: number): void {
    const next = this.#next;
    if (!next) return;
    this.#granted += 1;
    this.#free += free;
    if (next.importance === 'must go')
      this.#longestWaitMs = Math.max(this.#longestWaitMs, performance.now() - next.sinceMs);
    next.settle();
  }

  #sendAway(waitMs: number): void {
    const nowMs = performance.now();
    for (const waiting of this.#queues['may wait']) {
      if (nowMs + waitMs - waiting.sinceMs < PATIENCE_MS) continue;
      this.#crowdedOut += 1;
      waiting.settle(new KnownFailure({ kind: 'crowded out', waitMs: Math.max(waitMs, PATIENCE_MS) }));
    }
  }

  /** Waits, but not on behalf of what may wait when something comes that must go. */
  async #waitFor(waitMs: number): Promise<void> {
    const untilMs = performance.now() + waitMs;
    const mustGo = this.#queues['must go'].size > 0;
    for (let leftMs = waitMs; leftMs > 0 && this.#next; leftMs = untilMs - performance.now()) {
      await this.#news.wait(undefined, leftMs);
      if (!mustGo && this.#queues['must go'].size > 0) return;
    }
  }
}
