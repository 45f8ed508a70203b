import { followSpeaker } from './follow-speaker.ts';
import type { SpeakerId } from './ids.ts';
import { durationMs } from './pcm.ts';
import type { SpeakerStream, SttStream } from './ports.ts';
import type { TranscriptSegment } from './segment.ts';

/** One stay of one person: their voice on its way to text. */
export class SpeakerChain {
  readonly speakerId: SpeakerId;
  readonly stt: SttStream;
  readonly #speaker: SpeakerStream;
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

  /** Carries the voice to text until the person leaves and their last words are told. Throws when either direction fails. */
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
    await followSpeaker(this.#speaker, counted, take, signal);
  }

  /** No more input; the last words still come. */
  finish(): void {
    this.#speaker.finish();
  }
}
