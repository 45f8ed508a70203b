import { FRAME_MS, PILOTS } from './alphabet.ts';
import type { ToneFrame } from './tone-meter.ts';

const JUDGED_FRAMES = 7; // the median of them, so that a few damaged ones do not count
const TOLERATED_MS = 3.5;

/** Notices when frames are no longer where they were: audio was cut or stretched by part of a frame. */
export class FrameTiming {
  readonly #recentMs: number[] = [];

  /** How much too late the frames are measured (negative: too early); 0 while it is tolerable. */
  lateMs(frame: ToneFrame): number {
    const amplitude = (pilot: number) => Math.sqrt(frame.pilots[(pilot + PILOTS) % PILOTS] ?? 0);
    const before = amplitude(frame.pilot - 1);
    const after = amplitude(frame.pilot + 1);
    const foreign = Math.max(before, after);
    const late = (FRAME_MS * foreign) / (foreign + amplitude(frame.pilot));
    this.#recentMs.push(after > before ? late : -late);
    if (this.#recentMs.length < JUDGED_FRAMES) return 0;
    const median = this.#recentMs.toSorted((a, b) => a - b)[JUDGED_FRAMES >> 1] ?? 0;
    this.#recentMs.shift();
    if (Math.abs(median) < TOLERATED_MS) return 0;
    this.#recentMs.length = 0;
    return median;
  }
}
