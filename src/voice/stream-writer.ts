import type { SpeakerId } from '../core/ids.ts';
import type { VoiceFrame } from '../core/pcm.ts';
import { conceal, stretched } from './decoding/concealment.ts';
import type { SampleRateHz } from './decoding/decoder.ts';
import { FrameQueue } from './frame-queue.ts';
import { lostPackets } from './passing-on/lost-packets.ts';
import type { Sound } from './passing-on/passing-on.ts';
import type { Place } from './timeline.ts';

interface StreamWriterParts {
  readonly speakerId: SpeakerId;
  readonly sampleRateHz: SampleRateHz;
  /** A stream begins: the first one, or another after one was finished. */
  readonly begun: (stream: FrameQueue) => void;
  /** Writes the last frames of a stream that is being finished. */
  readonly flush: () => void;
  /** Whether the person has stopped on purpose, and nothing of theirs is on its way. */
  readonly isResting: () => boolean;
}

/**
 * Writes one person's sound into their stream. What was lost, the sound before it fades into; where packets are passed
 * on, packets stand for it that say so.
 */
export class StreamWriter {
  readonly #parts: StreamWriterParts;
  #stream: FrameQueue | undefined;
  #last: Int16Array | undefined; // the samples written last, if the packet before was decoded
  #lastPacket: Uint8Array | undefined; // the packet passed on last, if it was not

  constructor(parts: StreamWriterParts) {
    this.#parts = parts;
  }

  /** @param packet - whose sound it is */
  writeSound(sound: Sound, { startMs, stretch }: Place, packet: Buffer): void {
    if (sound instanceof Int16Array) this.#writeSamples(stretched(sound, stretch), startMs, packet);
    else this.#writePacket(packet, sound.length, sound.level, startMs); // the tape follows the sender's clock
  }

  /** Conceals a packet that could not be decoded. */
  concealPacket(lengthMs: number, { startMs, stretch }: Place): void {
    if (this.#lastPacket) this.#writeLost(this.#lastPacket, lengthMs, startMs);
    else this.#writeSamples(stretched(this.#concealed(lengthMs), stretch), startMs);
  }

  /** Conceals the packets that are missing before one. */
  fillHole({ startMs, holeMs }: Place): void {
    if (this.#lastPacket) this.#writeLost(this.#lastPacket, holeMs, startMs - holeMs);
    else this.#writeSamples(this.#concealed(holeMs), startMs - holeMs);
  }

  finish(): void {
    this.#stream?.finish();
  }

  #concealed(lengthMs: number): Int16Array {
    return conceal(this.#last, this.#samplesIn(lengthMs), this.#parts.sampleRateHz);
  }

  #writeSamples(samples: Int16Array, startMs: number, packet?: Buffer): void {
    const { sampleRateHz } = this.#parts;
    this.#write(packet ? { samples, sampleRateHz, startMs, packet } : { samples, sampleRateHz, startMs });
    this.#last = samples;
    this.#lastPacket = undefined;
  }

  #writePacket(packet: Uint8Array, count: number, level: number, startMs: number): void {
    this.#write({ packet, count, level, sampleRateHz: this.#parts.sampleRateHz, startMs });
    this.#lastPacket = packet;
  }

  #writeLost(before: Uint8Array, lengthMs: number, startMs: number): void {
    let atMs = startMs;
    for (const lost of lostPackets(before, lengthMs)) {
      this.#writePacket(lost.packet, this.#samplesIn(lost.lengthMs), 0, atMs);
      atMs += lost.lengthMs;
    }
  }

  #samplesIn(ms: number): number {
    return Math.round((ms * this.#parts.sampleRateHz) / 1000);
  }

  #write(frame: VoiceFrame): void {
    const { speakerId, begun, flush, isResting } = this.#parts;
    if (!this.#stream || this.#stream.finished) {
      this.#stream = new FrameQueue(speakerId, { flush, isResting });
      begun(this.#stream);
    }
    this.#stream.writeFrame(frame);
  }
}
