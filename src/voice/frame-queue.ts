import type { SpeakerId } from '../core/ids.ts';
import { ownCopy, type VoiceFrame } from '../core/pcm.ts';
import type { SpeakerStream } from '../core/ports/voice.ts';

const MAX_FRAMES = 250; // 5 s of 20 ms frames: a listener that has not come by then never will

/** Whoever writes the frames. */
interface FrameWriter {
  /** Writes the last frames, which are still on their way to the queue. */
  readonly flush: () => void;
  readonly isResting: () => boolean;
}

/** Takes the frames, and learns how the stream ended. */
interface Listener {
  readonly take: (frame: VoiceFrame) => void;
  readonly ended: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * One person's decoded audio on its way to one listener, who gets each frame the moment it is made.
 *
 * Before anybody listens the frames wait; when there are too many, the oldest is dropped.
 */
export class FrameQueue implements SpeakerStream {
  readonly speakerId: SpeakerId;
  readonly #waiting: VoiceFrame[] = [];
  readonly #maxFrames: number;
  readonly #writer: FrameWriter;
  #listener: Listener | undefined;
  #finished = false;
  #dropped = 0;

  constructor(speakerId: SpeakerId, writer: FrameWriter, maxFrames = MAX_FRAMES) {
    this.speakerId = speakerId;
    this.#writer = writer;
    this.#maxFrames = maxFrames;
  }

  /** How many frames were dropped because nobody listened in time. */
  get dropped(): number {
    return this.#dropped;
  }

  get isResting(): boolean {
    return this.#writer.isResting();
  }

  get finished(): boolean {
    return this.#finished;
  }

  writeFrame(frame: VoiceFrame): void {
    if (this.#finished) return;
    if (this.#listener !== undefined) {
      this.#passFrame(frame, this.#listener);
      return;
    }
    if (this.#waiting.length >= this.#maxFrames) {
      this.#waiting.shift();
      this.#dropped++;
    }
    this.#waiting.push(ownCopy(frame)); // the decoder reuses the memory
  }

  finish(): void {
    if (this.#finished) return;
    this.#writer.flush();
    this.#finished = true;
    this.#listener?.ended();
  }

  async listen(take: (frame: VoiceFrame) => void, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const listener = { take, ended: resolve, failed: reject };
    const aborted = () => this.#dropListener(signal.reason);
    signal.addEventListener('abort', aborted);
    this.#listener = listener;
    this.#passWaiting(listener);
    if (this.#finished) resolve();
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', aborted);
    }
  }

  /** Apart from `listen`, which goes on for as long as the stream, and would hold these frames until its end. */
  #passWaiting(listener: Listener): void {
    for (const frame of this.#waiting.splice(0)) this.#passFrame(frame, listener);
  }

  /** A listener that throws gets no more frames: packets of other people must not suffer from it. */
  #passFrame(frame: VoiceFrame, { take }: Listener): void {
    if (this.#listener === undefined) return;
    try {
      take(frame);
    } catch (error) {
      this.#dropListener(error);
    }
  }

  #dropListener(why: unknown): void {
    this.#listener?.failed(why);
    this.#listener = undefined;
  }
}
