import type { SpeakerId } from '../core/ids.ts';
import { conceal, stretched } from './decoding/concealment.ts';
import type { SampleRateHz } from './decoding/decoder.ts';
import { FrameQueue } from './frame-queue.ts';
import type { Place } from './timeline.ts';

interface StreamWriterParts {
  readonly speakerId: SpeakerId;
  readonly sampleRateHz: SampleRateHz;
  /** A stream begins: the first one, or another after one was finished. */
  readonly begun: (stream: FrameQueue) => void;
  /** Writes the last frames of a stream that is being finished. */
  readonly flush: () => void;
}

/** Writes one person's sound into their stream. What was lost, the sound before it fades into. */
export class StreamWriter {
  readonly #parts: StreamWriterParts;
  #stream: FrameQueue | undefined;
  #last: Int16Array | undefined; // the samples written last

  constructor(parts: StreamWriterParts) {
    this.#parts = parts;
  }

  /** @param packet - of which the samples were decoded */
  writeSound(samples: Int16Array, { startMs, stretch }: Place, packet: Buffer | undefined): void {
    this.#write(stretched(samples, stretch), startMs, packet);
  }

  /** Conceals a packet that could not be decoded. */
  concealPacket(lengthMs: number, { startMs, stretch }: Place): void {
    this.#write(stretched(this.#concealed(lengthMs), stretch), startMs);
  }

  /** Conceals the packets that are missing before one. */
  fillHole({ startMs, holeMs }: Place): void {
    this.#write(this.#concealed(holeMs), startMs - holeMs);
  }

  finish(): void {
    this.#stream?.finish();
  }

  #concealed(lengthMs: number): Int16Array {
    const { sampleRateHz } = this.#parts;
    return conceal(this.#last, Math.round((lengthMs * sampleRateHz) / 1000), sampleRateHz);
  }

  #write(samples: Int16Array, startMs: number, packet?: Buffer): void {
    const { speakerId, sampleRateHz, begun, flush } = this.#parts;
    if (!this.#stream || this.#stream.finished) {
      this.#stream = new FrameQueue(speakerId, flush);
      begun(this.#stream);
    }
    this.#stream.writeFrame(packet ? { samples, sampleRateHz, startMs, packet } : { samples, sampleRateHz, startMs });
    this.#last = samples;
  }
}
