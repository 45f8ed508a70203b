import { together } from '../../concurrency/together.ts';
import type { SpeakerId } from '../../ids.ts';
import { durationMs } from '../../pcm.ts';
import type { SttStream } from '../../ports/speech-to-text.ts';
import type { SpeakerStream } from '../../ports/voice.ts';
import type { TranscriptSegment } from '../../segment.ts';

/** One stay of one person: their voice on its way to text. */
export class SpeakerChain {
  readonly speakerId: SpeakerId;
  readonly stt: SttStream;
  readonly #speaker: SpeakerStream;
  readonly #cut = new AbortController();
  #heardMs = 0;

  constructor(speaker: SpeakerStream, stt: SttStream) {
    this.speakerId = speaker.speakerId;
    this.#speaker = speaker;
    this.stt = stt;
  }

  /** Of audio that was decoded so far. */
  get heardMs(): number {
    return this.#heardMs;
  }

  /** Whether it was cut off: none of its words are published any more. */
  get isCut(): boolean {
    return this.#cut.signal.aborted;
  }

  /**
   * Carries the voice to text until the person leaves and `take` has had their last words.
   *
   * @throws when either direction fails, or when the chain is cut
   */
  async follow(take: (segment: TranscriptSegment) => Promise<void>, signal: AbortSignal): Promise<void> {
    await together(AbortSignal.any([signal, this.#cut.signal]), [
      async (signal) => {
        await this.#speaker.listen((frame) => {
          this.#heardMs += durationMs(frame);
          this.stt.send(frame);
        }, signal);
        await this.stt.finish(signal);
      },
      async (signal) => {
        for await (const segment of this.stt.segments(signal)) await take(segment);
      },
    ]);
  }

  /** No more input; the last words still come. */
  finish(): void {
    this.#speaker.finish();
  }

  /** At once: the recogniser gets nothing more, and what it has not answered yet is dropped. */
  cut(): void {
    this.#cut.abort(new Error('Not to be heard any more'));
    this.#speaker.finish();
  }
}
