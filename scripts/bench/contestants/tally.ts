import { createSocket } from 'node:dgram';
import { setTimeout as delay } from 'node:timers/promises';
import type { Cost } from './contestant.ts';

const CREDIT_EVERY = 64; // frames, half of those that the talkers have under way
const GIVE_UP_MS = 3_000; // longer than the talkers wait for progress

/** Counts frames and their cost, and reports progress to the talkers. */
export class Tally {
  readonly #credit = createSocket('udp4').unref();
  readonly #creditPort: number;
  readonly #message = Buffer.alloc(4);
  #frames = 0;
  #awaited = 0;
  #began = process.cpuUsage();
  #done = Promise.withResolvers<Cost>();

  constructor(creditPort: number) {
    this.#creditPort = creditPort;
  }

  get frames(): number {
    return this.#frames;
  }

  begin(frames: number): void {
    this.#frames = 0;
    this.#awaited = frames;
    this.#done = Promise.withResolvers();
    this.#began = process.cpuUsage();
  }

  /** Counts a frame that was decoded and passed on. */
  count(): void {
    this.#frames += 1;
    if (this.#frames === this.#awaited) this.#done.resolve(this.cost());
    if (this.#frames % CREDIT_EVERY !== 0) return;
    this.#message.writeUInt32LE(this.#frames);
    this.#credit.send(this.#message, this.#creditPort, '127.0.0.1');
  }

  cost(): Cost {
    const { user, system } = process.cpuUsage(this.#began);
    return { cpuUs: user + system, frames: this.#frames };
  }

  /** Resolves when all expected frames have come, or no more come. */
  async finished(): Promise<Cost> {
    const over = new AbortController();
    void this.#giveUp(over.signal);
    try {
      return await this.#done.promise;
    } finally {
      over.abort();
    }
  }

  async #giveUp(over: AbortSignal): Promise<void> {
    for (let seen = -1; seen !== this.#frames && !over.aborted; ) {
      seen = this.#frames;
      await delay(GIVE_UP_MS, undefined, { signal: over }).catch(() => {}); // aborted: all frames came
    }
    this.#done.resolve(this.cost());
  }
}
