import { CHUNK_MS } from '../tape/chunks.ts';
import type { Packing } from './packing.ts';

const ZEROS = new Uint8Array((2 * 48_000 * CHUNK_MS) / 1000); // a chunk of silence at the highest rate, shared by all

/** Sends samples as they are: signed 16-bit, little-endian. Pieces may begin and end anywhere. */
export const pcmPacking: Packing = {
  beginOf: (_tape, sample) => sample,
  endOf: (_tape, from, count) => from + count,
  packAudio: (tape, from, to) => tape.readBytes(from, to - from),
  packSilence: (count) => ZEROS.subarray(0, 2 * count),
};
