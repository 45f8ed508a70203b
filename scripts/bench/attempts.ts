import { setTimeout as delay } from 'node:timers/promises';
import { Helper } from './contestants/helper.ts';

const UNWINDING_MS = 5_000;
const MS_PER_S = 1_000;
const WORTH_BEGINNING_S = 5;

/** Runs measurements that may fail. A failed one gets a reason, and the others still count. */
export class Attempts {
  /** Why a figure is missing, by its path. */
  readonly reasons: Record<string, string> = {};
  readonly #say: (what: string) => void;
  readonly #untilMs: number;

  /**
   * @param say - receives the name of each measurement and how long it took
   * @param budgetS - for all together; a measurement without time left is not begun
   */
  constructor(say: (what: string) => void, budgetS: number) {
    this.#say = say;
    this.#untilMs = performance.now() + budgetS * MS_PER_S;
  }

  /**
   * Runs one measurement. Returns `null` when it fails or takes too long, and then ends the processes that it started.
   *
   * @param unwindingMs - how long its cleanup may then take
   */
  async run<T>(
    what: string,
    path: string,
    limitS: number,
    measure: () => Promise<T>,
    unwindingMs = UNWINDING_MS,
  ): Promise<T | null> {
    const beganMs = performance.now();
    const leftS = (this.#untilMs - beganMs) / MS_PER_S;
    if (leftS < WORTH_BEGINNING_S) {
      this.reasons[path] = 'no time was left';
      return null;
    }
    this.#say(what);
    const over = new AbortController();
    const running = measure();
    running.catch(() => {}); // handled below, or no longer of interest
    try {
      return await Promise.race([running, lateAfter(Math.min(limitS, Math.round(leftS)), over.signal)]);
    } catch (error) {
      const reason = error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error);
      this.reasons[path] = reason;
      this.#say(`  not measured: ${reason}`);
      Helper.endAll();
      await Promise.race([running.catch(() => {}), delay(unwindingMs)]);
      return null;
    } finally {
      over.abort();
      this.#say(`  ${((performance.now() - beganMs) / MS_PER_S).toFixed(1)} s`);
    }
  }
}

async function lateAfter(limitS: number, over: AbortSignal): Promise<never> {
  await delay(limitS * MS_PER_S, undefined, { signal: over });
  throw new Error(`not finished within ${limitS} s`);
}
