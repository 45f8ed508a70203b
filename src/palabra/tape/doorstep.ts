import { durationMs, ownCopy, type VoiceFrame } from '../../core/pcm.ts';
import type { Loudness } from './loudness.ts';

const SPEECH_MS = 150; // this much loud audio ...
const WINDOW_MS = 500; // ... within this much time is speech
const WORD_MS = 100; // so is this much clear audio without a gap, such as a lone "no"; clicks and keys are shorter
const PRE_ROLL_MS = 500; // kept from before the first loud frame, as speech starts softly
const HOLE_MS = 500; // after a longer hole, the audio before it is dropped

interface Waiting {
  readonly frame: VoiceFrame;
  readonly loud: boolean;
}

const CLOSE_MS = 15; // frames nearer to each other than this have no gap between them

/**
 * Holds audio back until it is clear that it is speech.
 *
 * People who send video send silent packets all the time, and a click is not speech: neither is worth a socket.
 */
export class Doorstep {
  #waiting: Waiting[] = [];
  #clearMs = 0; // how much clear audio came last, without a gap

  /** Holds a copy of the frame. Returns all held frames, oldest first, once they amount to speech. */
  holdFrame(frame: VoiceFrame, loudness: Loudness): readonly Waiting[] | undefined {
    const last = this.#waiting.at(-1)?.frame;
    if (last !== undefined && frame.startMs - endMs(last) > HOLE_MS) this.#waiting = [];
    // Copied below, as the sender of the frame may reuse its buffer.
    const isGapless = last === undefined || frame.startMs - endMs(last) <= CLOSE_MS;
    this.#clearMs = loudness === 'clear' ? (isGapless ? this.#clearMs : 0) + durationMs(frame) : 0;
    const loud = loudness === 'loud' || loudness === 'clear';
    this.#waiting.push({ frame: ownCopy(frame), loud });
    const nowMs = endMs(frame);
    let loudMs = 0;
    let firstLoudMs = nowMs;
    for (const { frame, loud } of this.#waiting) {
      if (!loud || frame.startMs < nowMs - WINDOW_MS) continue;
      loudMs += durationMs(frame);
      firstLoudMs = Math.min(firstLoudMs, frame.startMs);
    }
    this.#forgetBefore(firstLoudMs - PRE_ROLL_MS);
    if (loudMs < SPEECH_MS && this.#clearMs < WORD_MS) return undefined;
    const speech = this.#waiting;
    this.#waiting = [];
    this.#clearMs = 0;
    return speech;
  }

  #forgetBefore(ms: number): void {
    const kept = this.#waiting.findIndex(({ frame }) => endMs(frame) > ms);
    if (kept > 0) this.#waiting.splice(0, kept);
  }
}

function endMs(frame: VoiceFrame): number {
  return frame.startMs + durationMs(frame);
}
