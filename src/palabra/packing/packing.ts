import type { Tape } from '../tape/tape.ts';

/**
 * Packs one speaker's audio into messages for one socket, in order: each socket has a packing of its own.
 *
 * A piece of the tape may have to begin and end where a coded packet does. All numbers are samples of the tape.
 */
export interface Packing {
  /** The first sample at or after this one where a piece can begin. */
  beginOf(tape: Tape, sample: number): number;
  /** Where a piece of about `count` samples ends that begins at `from`. Not further than the tape reaches. */
  endOf(tape: Tape, from: number, count: number): number;
  /** The message that holds this piece of the tape. To be sent at once: its memory is used again. */
  packAudio(tape: Tape, from: number, to: number): Uint8Array;
  /** A message of silence. Likewise. */
  packSilence(count: number): Uint8Array;
}
