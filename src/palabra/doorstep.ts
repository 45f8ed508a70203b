import { durationMs, type PcmFrame } from '../core/pcm.ts';
import { isLoud } from './loudness.ts';

const SPEECH_MS = 150; // so much loud audio ...
const WINDOW_MS = 500; // ... within so much time is somebody speaking
const PRE_ROLL_MS = 500; // kept from before the first loud frame: speech starts softly
const HOLE_MS = 500; // a longer silence makes a new beginning

interface Waiting {
  readonly frame: PcmFrame;
  readonly loud: boolean;
}

/**
 * Where audio waits until it is clear that somebody speaks.
 *
 * People who send video send silent packets all the time, and a click is not speech: neither is worth a socket.
 */
export class Doorstep {
  #waiting: Waiting[] = [];

  /** Takes a copy of the frame. When it makes speech of what waits, all of that comes out, oldest first. */
  hear(frame: PcmFrame): readonly Waiting[] | undefined {
    const last = this.#waiting.at(-1)?.frame;
    if (last !== undefined && frame.startMs - endMs(last) > HOLE_MS) this.#waiting = [];
    // The sender of the frame may use its buffer again.
    this.#waiting.push({ frame: { ...frame, samples: frame.samples.slice() }, loud: isLoud(frame.samples) });
    const nowMs = endMs(frame);
    let loudMs = 0;
    let firstLoudMs = nowMs;
    for (const { frame, loud } of this.#waiting) {
      if (!loud || frame.startMs < nowMs - WINDOW_MS) continue;
      loudMs += durationMs(frame);
      firstLoudMs = Math.min(firstLoudMs, frame.startMs);
    }
    this.#forgetBefore(firstLoudMs - PRE_ROLL_MS);
    if (loudMs < SPEECH_MS) return undefined;
    const speech = this.#waiting;
    this.#waiting = [];
    return speech;
  }

  #forgetBefore(ms: number): void {
    const kept = this.#waiting.findIndex(({ frame }) => endMs(frame) > ms);
    if (kept > 0) this.#waiting.splice(0, kept);
  }
}

function endMs(frame: PcmFrame): number {
  return frame.startMs + durationMs(frame);
}
