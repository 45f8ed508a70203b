import opus from '@discordjs/opus';
import type { PacketDecoder } from '../../core/pcm.ts';
import type { Native, NativeVoice } from '../native/native.ts';
import { durationOf } from '../packets/opus-packet.ts';

export type SampleRateHz = 48_000 | 24_000 | 16_000;

/**
 * Makes decoders, each of which turns one stream's Opus packets into samples at the given rate.
 *
 * libopus averages the two channels of a stereo packet itself, which costs less than doing it here. A decoder carries
 * state from packet to packet: each person and SSRC has its own.
 */
export function decodersOf(sampleRateHz: SampleRateHz, native: NativeVoice | undefined): () => PacketDecoder {
  return native
    ? () => new NativeDecoder(sampleRateHz, native)
    : () => new Decoder(sampleRateHz, new opus.OpusEncoder(sampleRateHz, 1));
}

export class Decoder implements PacketDecoder {
  readonly #sampleRateHz: SampleRateHz;
  readonly #opus: opus.OpusEncoder;

  constructor(sampleRateHz: SampleRateHz, encoder: opus.OpusEncoder) {
    this.#sampleRateHz = sampleRateHz;
    this.#opus = encoder;
  }

  decode(packet: Buffer): Int16Array | undefined {
    const count = samplesIn(packet, this.#sampleRateHz);
    if (count === undefined) return undefined;
    try {
      const pcm = this.#opus.decode(packet);
      return pcm.length === 2 * count ? new Int16Array(pcm.buffer, pcm.byteOffset, count) : undefined;
    } catch {
      return undefined; // the packet is garbage: the caller counts it and fills its time
    }
  }
}

/** Decodes into two buffers by turns: a new one for each frame would be much of the garbage collector's work. */
class NativeDecoder implements PacketDecoder {
  readonly #sampleRateHz: SampleRateHz;
  readonly #native: NativeVoice;
  readonly #decoder: Native<'decoder'>;
  #samples = new Int16Array(0);
  #before = new Int16Array(0);

  constructor(sampleRateHz: SampleRateHz, native: NativeVoice) {
    this.#sampleRateHz = sampleRateHz;
    this.#native = native;
    this.#decoder = native.createDecoder(sampleRateHz);
  }

  decode(packet: Buffer): Int16Array | undefined {
    const count = samplesIn(packet, this.#sampleRateHz);
    if (count === undefined) return undefined;
    const samples = this.#before.length === count ? this.#before : new Int16Array(count);
    if (this.#native.decode(this.#decoder, packet, samples) !== count) return undefined;
    this.#before = this.#samples;
    this.#samples = samples;
    return samples;
  }
}

/** How many samples the packet holds, by its first bytes; `undefined` when no Opus packet begins like this. */
export function samplesIn(packet: Buffer, sampleRateHz: number): number | undefined {
  const ms = durationOf(packet);
  return ms === undefined ? undefined : (ms * sampleRateHz) / 1000;
}
