import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { trimMemory } from '../../../src/memory.ts';
import type { Vitals } from './contestant.ts';

const NS_PER_MS = 1e6;
const delays = monitorEventLoopDelay({ resolution: 1 }); // created at the start, so that its memory is not counted for a speaker
const SWEEPING_MS = 50; // the threads of the garbage collector finish after it

/** Watches the event loop and the garbage collector of this process. */
export class VitalSigns {
  readonly #observer: PerformanceObserver;
  readonly #startMs = performance.now();
  #gcMs = 0;

  constructor() {
    this.#observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) this.#gcMs += duration;
    });
    this.#observer.observe({ entryTypes: ['gc'] });
    delays.reset();
    delays.enable();
  }

  /** Stops watching and returns the results. */
  end(): Omit<Vitals, 'cpuUs' | 'frames' | 'rssBytes'> {
    delays.disable();
    for (const { duration } of this.#observer.takeRecords()) this.#gcMs += duration;
    this.#observer.disconnect();
    return {
      durationMs: performance.now() - this.#startMs,
      delayP50Ms: delays.percentile(50) / NS_PER_MS,
      delayP99Ms: delays.percentile(99) / NS_PER_MS,
      gcMs: this.#gcMs,
    };
  }
}

/**
 * The memory after a garbage collection, and after malloc has returned free memory, as Parley makes it do every minute.
 * Garbage and free memory are not part of what a speaker needs.
 */
export async function settledRssBytes(): Promise<number> {
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  await delay(SWEEPING_MS);
  trimMemory();
  return process.memoryUsage.rss();
}
