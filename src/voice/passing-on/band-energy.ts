import type { RangeDecoder } from './range-decoder.ts';

const BANDS = 21;
/** Where each band begins, in units of 200 Hz: RFC 6716, table 55. */
const EDGES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 34, 40, 48, 60, 78, 100];
/** The usual energy of each band, which is not coded: log2 of an amplitude. */
const USUAL = [
  ...[6.4375, 6.25, 5.75, 5.3125, 5.0625, 4.8125, 4.5, 4.375, 4.875, 4.6875, 4.5625, 4.4375, 4.875, 4.625, 4.3125],
  ...[4.5, 4.375, 4.625, 4.75, 4.4375, 3.75],
];
/** How much of the frame before, and of the band below, is in the prediction; by the frame's length. */
const FROM_BEFORE = [29_440, 26_112, 21_248, 16_384].map((part) => part / 32_768);
const FROM_BELOW = [30_147, 22_282, 12_124, 6_554].map((part) => part / 32_768);
const FROM_BELOW_INTRA = 4_915 / 32_768;
const SILENT = -28;
const FLOOR = -9; // predictions begin here at the lowest
const FEW = [2, 1, 0]; // for `symbol`, where few bits are left
const TAPS = [2, 1, 0];

/**
 * The probabilities of coarse energies, from RFC 6716 (libopus, celt/quant_bands.c, © 2007-2009 Xiph.Org Foundation,
 * BSD): for each length of a frame those of a predicted one, then those of one that stands alone; for each band the
 * probability of 0 and the decay, of 256.
 */
const MODEL = [
  '487f41814280418040803e80408040805c4e5c4f5c4e5a4f742973287228841a841a9111a10cb00ab10b',
  '18b3308a3687368435863885378437843d7246604a584b58574a59425b43643b6c3278287a25612b4e32',
  '534e5451584b564a57475a495d4a5d4a6d287224752275228f1191129213a20ca50ab207bd06be08b109',
  '17b236733f66426245634a59475b495b4e5956505c425d40663b673c683c75347b2c8a23851f61264d2d',
  '3d5a5d3c692a6b296e2d7426712670267c1a841b88138c149b0e9f109e12aa0db10abb08c006af099f0a',
  '15b23b6e47564b5554535b42584957485c4b6248693a6b367334723770388133842896218c1d62234d2a',
  '2a7960426c2b6f28752c7b20782477217f2186228b15931798149e199a1aa615ad10b80db80a960d8b0f',
  '16b23f724a5254535c52673e6048604365496b48713776347d3476347537873189279d20911d61214d28',
].map((hex) => Buffer.from(hex, 'hex'));

/** Weighs bands as they sound: the coder stresses high frequencies before it codes them. */
const WEIGHTS = USUAL.map((_, band) => {
  const hz = (((EDGES[band] ?? 0) + (EDGES[band + 1] ?? 0)) / 2) * 200;
  return 1 / (1 + 0.85 ** 2 - 2 * 0.85 * Math.cos((2 * Math.PI * hz) / 48_000));
});

/** The shape of a CELT frame. */
export interface FrameShape {
  readonly bands: number; // that it has, from the lowest on
  readonly size: 0 | 1 | 2 | 3; // its length: 2.5 ms, 5, 10 or 20
  readonly channels: 1 | 2;
}

/**
 * Reads how loud the bands of CELT frames are: their coarse energies come first in each frame, in steps of 6 dB
 * (RFC 6716, 4.3.2.1). The rest of the frame, which is nearly all of it, is not looked at.
 *
 * Energies are coded as differences from the frame before, so it has to see all frames of a stream, in order.
 */
export class BandEnergy {
  readonly #before = new Float64Array(2 * BANDS); // log2 of the amplitude over the usual, of each channel

  /** The energy of a frame, to some constant; 0 for silence. @param bits - of the frame */
  read(from: RangeDecoder, bits: number, shape: FrameShape): number {
    if (shape.channels === 1) this.#mergeChannels();
    const isSilent = from.used >= bits || from.bit(15);
    if (isSilent) this.#before.fill(SILENT);
    else this.#readEnergies(from, bits, shape);
    if (shape.channels === 1) this.#before.copyWithin(BANDS, 0, BANDS);
    return isSilent ? 0 : this.#sum(shape);
  }

  #readEnergies(from: RangeDecoder, bits: number, { bands, size, channels }: FrameShape): void {
    if (from.used + 16 <= bits) skipPostfilter(from, bits);
    if (size > 0 && from.used + 3 <= bits) from.bit(3); // whether it has short blocks
    const isIntra = from.used + 3 <= bits && from.bit(3);
    const model = MODEL[2 * size + (isIntra ? 1 : 0)] ?? Buffer.alloc(2 * BANDS);
    const fromBefore = isIntra ? 0 : (FROM_BEFORE[size] ?? 0);
    const fromBelow = isIntra ? FROM_BELOW_INTRA : (FROM_BELOW[size] ?? 0);
    let below = 0;
    let belowRight = 0;
    for (let band = 0; band < bands; band++) {
      for (let channel = 0; channel < channels; channel++) {
        const step = readStep(from, bits - from.used, model[2 * band] ?? 0, model[2 * band + 1] ?? 0);
        const at = channel * BANDS + band;
        const lower = channel === 0 ? below : belowRight;
        this.#before[at] = fromBefore * Math.max(FLOOR, this.#before[at] ?? 0) + lower + step;
        if (channel === 0) below += step * (1 - fromBelow);
        else belowRight += step * (1 - fromBelow);
      }
    }
    for (let band = bands; band < BANDS; band++) {
      this.#before[band] = 0;
      this.#before[BANDS + band] = 0;
    }
  }

  /** A stream that was stereo goes on in mono. */
  #mergeChannels(): void {
    for (let band = 0; band < BANDS; band++) {
      this.#before[band] = Math.max(this.#before[band] ?? 0, this.#before[BANDS + band] ?? 0);
    }
  }

  #sum({ bands, channels }: FrameShape): number {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      for (let band = 0; band < bands; band++) {
        const amplitude = 2 ** ((this.#before[channel * BANDS + band] ?? 0) + (USUAL[band] ?? 0));
        sum += (WEIGHTS[band] ?? 0) * amplitude * amplitude;
      }
    }
    return sum / channels;
  }
}

/** The step of one band, in 6 dB; what it is where too few bits are left for it is prescribed. */
function readStep(from: RangeDecoder, bitsLeft: number, zero: number, decay: number): number {
  if (bitsLeft >= 15) return from.laplace(zero << 7, decay << 6);
  if (bitsLeft >= 2) {
    const symbol = from.symbol(FEW, 2);
    return (symbol >> 1) ^ -(symbol & 1);
  }
  return bitsLeft < 1 || from.bit(1) ? -1 : 0;
}

function skipPostfilter(from: RangeDecoder, bits: number): void {
  if (!from.bit(1)) return;
  from.skipRaw(4 + from.uniform(6) + 3); // pitch and gain
  if (from.used + 2 <= bits) from.symbol(TAPS, 2);
}
