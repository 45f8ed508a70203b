import { mock } from 'node:test';
import type { MeetingClock } from '../../../src/core/time/clock.ts';

const FRAME_MS = 20;
const TICK_MS = 40; // as often as the finest timer that runs while people talk

/**
 * Time that passes with the packets: the whole pipeline believes in a real meeting while it works as fast as it can.
 *
 * Repeating timers follow it too, so that their share of the work stays what it is in reality.
 */
export class PacketTime implements MeetingClock {
  readonly beganAt = new Date();
  readonly #msPerPacket: number;
  #nowMs = 0;
  #tickedMs = 0;

  constructor(speakers: number) {
    this.#msPerPacket = FRAME_MS / speakers;
  }

  /** From now on repeating timers follow the packets. Those that exist already go on as they did. */
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
