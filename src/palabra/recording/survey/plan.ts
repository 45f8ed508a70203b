import type { AudioParameters } from '../../sockets/format.ts';
import type { Piece, Recording } from '../recording.ts';

/** How a file is to be sent, so that whoever sends it need not understand it. It can be passed between threads. */
export interface Plan {
  readonly audio: AudioParameters;
  readonly durationMs?: number; // missing: nothing in the file tells; it may be that of the part that was looked at
  /** Three numbers a piece: where it begins in the file, or -1 - its number among `made`; its bytes; its milliseconds. */
  readonly cuts: Float64Array;
  readonly made: readonly Uint8Array[]; // pieces that do not stand in the file as they are sent
  readonly silence: readonly Piece[]; // that follows the audio
  readonly isBrokenOff: boolean; // the rest cannot be read
}

/** The file as its plan has it. Its pieces are memory of their own: the file's may be shared with a thread. */
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
