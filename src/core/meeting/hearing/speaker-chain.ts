import type { SpeakerId } from '../../ids.ts';
import { durationMs } from '../../pcm.ts';
import type { SttStream } from '../../ports/speech-to-text.ts';
import type { SpeakerStream } from '../../ports/voice.ts';
import type { TranscriptSegment } from '../../segment.ts';
import { followSpeaker } from './follow-speaker.ts';

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

  /** Whether it was cut off: nothing of it is told any more. */
  get isCut(): boolean {
    return this.#cut.signal.aborted;
  }

  /** Carries the voice to text until the person leaves and their last words are told. Throws when either direction fails, or it is cut. */
  async follow(take: (segment: TranscriptSegment) => Promise<void>, signal: AbortSignal): Promise<void> {
    const { stt } = this;
    const counted: Parameters<typeof followSpeaker>[1] = {
      send: (frame) => {
        this.#heardMs += durationMs(frame);
        stt.send(frame);
      },
      finish: (signal) => stt.finish(signal),
      segments: (signal) => stt.segments(signal),
    };
    await followSpeaker(this.#speaker, counted, take, AbortSignal.any([signal, this.#cut.signal]));
  }

  /** No more input; the last words still come. */
  finish(): void {
    this.#speaker.finish();
  }

  /** At once: nothing more is sent to the recogniser, and what it has not told yet is dropped. */
  cut(): void {
    this.#cut.abort(new Error('Not to be heard any more'));
    this.#speaker.finish();
  }
}
