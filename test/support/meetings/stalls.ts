import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ParleyProcess } from '../parley.ts';

const NS_PER_MS = 1e6;

/**
 * How long the processes of a scenario stood still at most, as on a machine with too much to do.
 *
 * A sender that stands still is a fault of its own, which no scenario has ordered.
 */
export class Stalls {
  readonly #here = monitorEventLoopDelay({ resolution: 5 });
  readonly #bot: ParleyProcess;

  constructor(bot: ParleyProcess) {
    this.#bot = bot;
  }

  /** Begins to watch: what happened before does not count. */
  async begin(): Promise<void> {
    await this.#botMs(); // each look forgets what was seen before
    this.#here.enable();
  }

  /** Ends watching. */
  async longestMs(): Promise<number> {
    this.#here.disable();
    return Math.max(this.#here.max / NS_PER_MS, await this.#botMs());
  }

  async #botMs(): Promise<number> {
    const port = /"port":(\d+),"msg":"Metrics are served"/.exec(this.#bot.output)?.[1];
    const page = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return 1000 * Number(/^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(page)?.[1] ?? Number.NaN);
  }
}
