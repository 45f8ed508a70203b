import opus from '@discordjs/opus';
import { durationOf } from './opus-packet.ts';

export type SampleRateHz = 48_000 | 24_000 | 16_000;

/**
 * Turns one stream's Opus packets into samples, at the rate that is wanted in the end.
 *
 * Asked for one channel, libopus averages the two of a stereo packet itself, which costs less than doing it here. It
 * carries state from packet to packet: each person and SSRC has its own.
 */
export class Decoder {
  readonly #opus: opus.OpusEncoder;
  readonly #sampleRateHz: SampleRateHz;

  constructor(sampleRateHz: SampleRateHz) {
    this.#sampleRateHz = sampleRateHz;
    this.#opus = new opus.OpusEncoder(sampleRateHz, 1);
  }

  /** The packet's samples; `undefined` when libopus calls it corrupt. */
  decode(packet: Buffer): Int16Array | undefined {
    const ms = durationOf(packet);
    if (ms === undefined) return undefined;
    try {
      const pcm = this.#opus.decode(packet);
      const samples = new Int16Array(pcm.buffer, pcm.byteOffset, pcm.length / 2);
      return samples.length === (ms * this.#sampleRateHz) / 1000 ? samples : undefined;
    } catch {
      return undefined; // whoever sent it sent garbage: the caller counts it and fills the time
    }
  }
}
