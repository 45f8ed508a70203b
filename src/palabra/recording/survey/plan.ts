import type { AudioParameters } from '../../sockets/format.ts';
import type { Piece, Recording } from '../recording.ts';

/** How to send a file without understanding its format. A plan can be passed between threads. */
export interface Plan {
  readonly audio: AudioParameters;
  readonly durationMs?: number; // of the part that was surveyed; missing: the file does not say
  /**
   * Three numbers for each piece: its place in the file, or -1 minus its index in `made`; its bytes; its milliseconds.
   */
  readonly cuts: Float64Array;
  readonly made: readonly Uint8Array[]; // pieces whose bytes are not in the file as they are sent
  readonly silence: readonly Piece[]; // to follow the audio
  readonly isBrokenOff: boolean; // the rest is unreadable
}

/** The recording that a plan describes. Its pieces are copies, as the file's memory may be shared with a thread. */
export function plannedRecording(file: Uint8Array, plan: Plan): Recording {
  const { audio, durationMs, cuts, made, silence, isBrokenOff } = plan;
  return {
    audio,
    isTimed: durationMs !== undefined,
    ...(durationMs === undefined ? undefined : { durationMs }),
    async *pieces(): AsyncGenerator<Piece> {
      for (let i = 0; i + 2 < cuts.length; i += 3) {
        const [from = 0, length = 0, pieceMs = 0] = cuts.subarray(i, i + 3);
        const bytes = from < 0 ? made[-1 - from] : new Uint8Array(file.subarray(from, from + length));
        if (bytes !== undefined) yield { bytes, durationMs: pieceMs };
      }
    },
    silence: () => silence,
    isBrokenOff: () => isBrokenOff,
  };
}
