import { setTimeout as delay } from 'node:timers/promises';
import { Helper } from './helper.ts';

const UNWINDING_MS = 5_000;

/** Tries what may fail: then there is a reason, and the rest is still worth having. */
export class Attempts {
  /** Why a figure is missing, by its path. */
  readonly reasons: Record<string, string> = {};
  readonly #say: (what: string) => void;

  /** @param say - told what is being done, and how long it took */
  constructor(say: (what: string) => void) {
    this.#say = say;
  }

  /**
   * `null` when it fails or is not done in time; the processes it left behind are ended then.
   *
   * @param unwindingMs - that the rest of it may take then
   */
  async run<T>(
    what: string,
    path: string,
    limitS: number,
    measure: () => Promise<T>,
    unwindingMs = UNWINDING_MS,
  ): Promise<T | null> {
    const beganMs = performance.now();
    this.#say(what);
    const over = new AbortController();
    const running = measure();
    running.catch(() => {}); // seen below, or given up
    try {
      return await Promise.race([running, lateAfter(limitS, over.signal)]);
    } catch (error) {
      const reason = error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error);
      this.reasons[path] = reason;
      this.#say(`  not measured: ${reason}`);
      Helper.endAll();
      await Promise.race([running.catch(() => {}), delay(unwindingMs)]);
      return null;
    } finally {
      over.abort();
      this.#say(`  ${((performance.now() - beganMs) / 1_000).toFixed(1)} s`);
    }
  }
}

async function lateAfter(limitS: number, over: AbortSignal): Promise<never> {
  await delay(limitS * 1_000, undefined, { signal: over });
  throw new Error(`not done within ${limitS} s`);
}
