import opus from '@discordjs/opus';
import type { PacketDecoder } from '../../core/pcm.ts';
import { durationOf } from '../packets/opus-packet.ts';

export type SampleRateHz = 48_000 | 24_000 | 16_000;

/** Decodes one stream's packets by @discordjs/opus. */
export class Decoder implements PacketDecoder {
  readonly #sampleRateHz: SampleRateHz;
  readonly #opus: opus.OpusEncoder;

  constructor(sampleRateHz: SampleRateHz) {
    this.#sampleRateHz = sampleRateHz;
    this.#opus = new opus.OpusEncoder(sampleRateHz, 1);
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

/** How many samples the packet holds, by its first bytes; `undefined` when no Opus packet begins like this. */
export function samplesIn(packet: Buffer, sampleRateHz: number): number | undefined {
  const ms = durationOf(packet);
  return ms === undefined ? undefined : (ms * sampleRateHz) / 1000;
}
