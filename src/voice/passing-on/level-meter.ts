import { findFrames, noFrames } from '../packets/opus-frames.ts';
import { FRAME_MS } from '../packets/opus-packet.ts';
import { BandEnergy, type FrameShape } from './band-energy.ts';
import { RangeDecoder } from './range-decoder.ts';

const FIRST_CELT = 16; // of the configurations in a packet's first byte: RFC 6716, table 2
const BANDS = [13, 17, 19, 21]; // of narrow, wide, super-wide and full band
const SILK_FRAME_MS = 20;
/** What a SILK frame counts for whose sender says that there is a voice in it: well above every gate. */
const VOICE_LEVEL = 2_000;
const SCALE = 0.7; // makes a level of an energy: measured against decoded speech and noise, for all lengths of frames

const frames = noFrames();
const range = new RangeDecoder();

/**
 * Says how loud the packets of one stream are, by a look at the beginning of each: a tenth of the cost of decoding.
 *
 * A decoder that runs at 8 kHz costs as much as one at 48 kHz (docs/performance.md), so it is no help here.
 */
export class LevelMeter {
  readonly #energy = new BandEnergy();

  /** About the root mean square of the packet's samples; `undefined` for what is no Opus packet. */
  levelOf(packet: Uint8Array): number | undefined {
    if (!findFrames(packet, frames)) return undefined;
    const toc = packet[0] ?? 0;
    const config = toc >> 3;
    if (config < FIRST_CELT) return hasVoice(packet, config, (toc & 4) !== 0) ? VOICE_LEVEL : 0;
    const size = (config & 3) as FrameShape['size']; // two bits
    const shape = { bands: BANDS[(config >> 2) & 3] ?? 0, size, channels: (toc & 4) === 0 ? 1 : 2 } as const;
    let energy = 0;
    for (let i = 0; i < frames.count; i++) {
      const [from = 0, to = 0] = [frames.spans[2 * i], frames.spans[2 * i + 1]];
      if (to - from < 2) continue; // left out by the sender, or lost
      range.start(packet, from, to);
      energy += this.#energy.read(range, (to - from) * 8, shape);
    }
    return Math.sqrt(energy / frames.count) * SCALE;
  }
}

/** Whether one of the sender's own marks says that somebody speaks: they are the first bits of SILK (RFC 6716, 4.2.3). */
function hasVoice(packet: Uint8Array, config: number, isStereo: boolean): boolean {
  const marks = Math.max(1, (FRAME_MS[config] ?? 0) / SILK_FRAME_MS);
  for (let i = 0; i < frames.count; i++) {
    const [from = 0, to = 0] = [frames.spans[2 * i], frames.spans[2 * i + 1]];
    if (to - from < 2) continue;
    range.start(packet, from, to);
    for (let channel = 0; channel < (isStereo ? 2 : 1); channel++) {
      for (let mark = 0; mark < marks; mark++) if (range.bit(1)) return true;
      range.bit(1); // whether there is a copy of the frame before
    }
  }
  return false;
}
