import type { AudioParameters } from '../format.ts';

/** A piece of encoded audio and how long it lasts when played. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly durationMs: number;
}

/** Recorded or piped audio in one of the recogniser's formats. */
export interface Recording {
  readonly audio: AudioParameters;
  readonly durationMs?: number; // of the whole, when it can be known
  /** The audio. One consumer, who may stop early. @throws {RecordingError} when it cannot be read */
  pieces(): AsyncIterable<Piece>;
  /**
   * Silence in the audio's own format to follow what was read of it. Nothing where that cannot be made: the last words
   * then need a longer wait, and may stay unconfirmed.
   */
  silence(durationMs: number): readonly Piece[];
}

/** Why a recording cannot be read: its format is not clear, is none of the recogniser's, or its bytes make no sense. */
type RecordingErrorCode = 'unknown-format' | 'unsupported-format' | 'unreadable';

/** A recording cannot be read. The message is a sentence fit to be shown. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  readonly code: RecordingErrorCode;
  constructor(message: string, code: RecordingErrorCode = 'unreadable') {
    super(message);
    this.code = code;
  }
}

/** The API document recommends 320 ms. */
export const PIECE_MS = 320;

/** The bytes in pieces of at most `size`. */
export function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}
