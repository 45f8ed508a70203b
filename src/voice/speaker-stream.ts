import type { SpeakerId } from '../core/ids.ts';
import type { PcmFrame } from '../core/pcm.ts';
import type { SpeakerStream } from '../core/ports.ts';

const MAX_FRAMES = 250; // 5 s of 20 ms frames: a consumer so far behind has stopped; memory must not grow

/** One person's decoded audio on its way to one consumer. Never waits: when full, the oldest frame is dropped. */
export class FrameQueue implements SpeakerStream {
  readonly speakerId: SpeakerId;
  readonly #frames: PcmFrame[] = [];
  readonly #maxFrames: number;
  #finished = false;
  #dropped = 0;
  readonly #flush: () => void;
  #wake: () => void = () => {};

  /** @param flush - puts the last frames, those still under way to the queue */
  constructor(speakerId: SpeakerId, flush: () => void, maxFrames = MAX_FRAMES) {
    this.speakerId = speakerId;
    this.#flush = flush;
    this.#maxFrames = maxFrames;
  }

  /** Frames nobody took in time. */
  get dropped(): number {
    return this.#dropped;
  }

  get finished(): boolean {
    return this.#finished;
  }

  put(frame: PcmFrame): void {
    if (this.#finished) return;
    if (this.#frames.length >= this.#maxFrames) {
      this.#frames.shift();
      this.#dropped++;
    }
    this.#frames.push(frame);
    this.#wake();
  }

  finish(): void {
    if (this.#finished) return;
    this.#flush();
    this.#finished = true;
    this.#wake();
  }

  async *frames(signal: AbortSignal): AsyncGenerator<PcmFrame, void, undefined> {
    const wake = () => this.#wake();
    signal.addEventListener('abort', wake);
    try {
      while (true) {
        signal.throwIfAborted();
        const frame = this.#frames.shift();
        if (frame) yield frame;
        else if (this.#finished) return;
        else
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
      }
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }
}
