import { mock } from 'node:test';
import type { MeetingClock } from '../../../src/core/time/clock.ts';

const FRAME_MS = 20;
const TICK_MS = 40; // the interval of the fastest timer during talk

/**
 * Time that passes with the packets. To the pipeline it looks like a real meeting, while it works as fast as it can.
 *
 * Repeating timers follow this time, so that their share of the work is realistic.
 */
export class PacketTime implements MeetingClock {
  readonly beganAt = new Date();
  readonly #msPerPacket: number;
  #nowMs = 0;
  #tickedMs = 0;

  constructor(speakers: number) {
    this.#msPerPacket = FRAME_MS / speakers;
  }

  /** Makes new repeating timers follow the packets. Existing timers do not change. */
  takeTimers(): void {
    mock.timers.enable({ apis: ['setInterval'] });
  }

  nowMs(): number {
    return this.#nowMs;
  }

  passed(): void {
    this.#nowMs += this.#msPerPacket;
    if (this.#nowMs - this.#tickedMs < TICK_MS) return;
    this.#tickedMs = this.#nowMs;
    queueMicrotask(() => mock.timers.tick(TICK_MS));
  }
}
