import { readFileSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { ParleyProcess } from '../../test/support/parley.ts';
import type { Stall } from './watch-loop.ts';

const NS_PER_MS = 1e6;
const LOOK_EVERY_MS = 50;
const MOST_BYTES = 3 * 2 ** 30; // a bot that uses more is ended before it exhausts the machine
const ANSWER_LIMIT_MS = 40_000; // a longer stall of the event loop counts as this long

const STALL = z.object({ longestMs: z.number(), computedMs: z.number() });

/** The vital signs of the process during an attack. */
export interface Vitals extends Stall {
  readonly oursMs: number; // the longest stall of the tour's own loop, on which all simulators run
  readonly rssBytes: number; // at the beginning of the attack
  readonly peakRssBytes: number;
}

/** Watches the bot's process from outside, and ends it when it uses too much memory. */
export class Pulse implements Disposable {
  readonly #bot: ParleyProcess;
  readonly #ours = monitorEventLoopDelay({ resolution: 5 });
  readonly #looking = setInterval(() => this.#look(), LOOK_EVERY_MS);
  #asked = 0;
  #rssBytes = 0;
  #peakBytes = 0;
  isTooLarge = false;

  constructor(bot: ParleyProcess) {
    this.#bot = bot;
    this.#ours.enable();
  }

  /** Starts a new measurement. */
  async begin(): Promise<void> {
    await this.#stall();
    this.#ours.reset();
    this.#forgetPeak();
    this.#peakBytes = 0;
    this.#rssBytes = this.#memory('VmRSS');
  }

  async end(): Promise<Vitals> {
    const stall = await this.#stall();
    this.#look();
    const oursMs = Math.round(this.#ours.max / NS_PER_MS);
    return { ...stall, oursMs, rssBytes: this.#rssBytes, peakRssBytes: this.#peakBytes };
  }

  [Symbol.dispose](): void {
    clearInterval(this.#looking);
    this.#ours.disable();
  }

  #look(): void {
    this.#peakBytes = Math.max(this.#peakBytes, this.#memory('VmHWM'));
    if (this.#memory('VmRSS') < MOST_BYTES) return;
    this.isTooLarge = true;
    this.#bot.kill('SIGKILL');
  }

  /** The longest stall since the last call. */
  async #stall(): Promise<Stall> {
    const beginning = `{"asked":${++this.#asked},`;
    const beganMs = performance.now();
    this.#bot.kill('SIGUSR2');
    const said = this.#bot.says(beginning).then(
      () => 'said' as const,
      () => 'gone' as const,
    );
    const how = await Promise.race([said, delay(ANSWER_LIMIT_MS, 'late' as const)]);
    if (how === 'gone') return { longestMs: Number.POSITIVE_INFINITY, computedMs: 0 };
    const standing = performance.now() - beganMs;
    if (how === 'late') return { longestMs: standing, computedMs: standing };
    const line = this.#bot.output.split('\n').find((text) => text.startsWith(beginning));
    return STALL.parse(JSON.parse(line ?? ''));
  }

  /** Resets the kernel's mark of peak memory to the current value. */
  #forgetPeak(): void {
    try {
      writeFileSync(`/proc/${this.#bot.pid}/clear_refs`, '5');
    } catch {
      // The process has ended, or the system has no such file. The samples remain.
    }
  }

  #memory(line: 'VmRSS' | 'VmHWM'): number {
    try {
      const status = readFileSync(`/proc/${this.#bot.pid}/status`, 'utf8');
      return 1_024 * Number(new RegExp(`^${line}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
    } catch {
      return 0; // the process has ended
    }
  }
}
