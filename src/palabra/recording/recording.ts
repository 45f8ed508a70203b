import type { AudioParameters } from '../sockets/format.ts';

/** A piece of encoded audio and how long it lasts when played. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly durationMs: number;
}

/** Recorded or piped audio in one of the recogniser's formats. */
export interface Recording {
  readonly audio: AudioParameters;
  readonly durationMs?: number; // of the whole, when it can be known
  readonly isTimed: boolean; // its pieces say how long they last; otherwise that is a guess by their size
  /** The audio. One consumer, who may stop early. @throws {RecordingError} when it cannot be read */
  pieces(): AsyncIterable<Piece>;
  /** Whether the rest was given up, as it could not be read. Known once its pieces have ended. */
  isBrokenOff?(): boolean;
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

/** No piece is longer, whatever a file says of itself. The recogniser takes no longer message either. */
export const MAX_PIECE_BYTES = 1024 * 1024;

/** Enough for one piece, however short it plays. */
export const WORTH_SENDING_BYTES = 64 * 1024;

/** So many bytes in pieces like `one`, which all use its memory; the last one may be shorter. */
export function repeated(one: Uint8Array, bytes: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes / one.length) }, (_, i) => one.subarray(0, bytes - i * one.length));
}
