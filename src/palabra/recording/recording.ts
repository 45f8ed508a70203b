import type { AudioParameters } from '../sockets/format.ts';

/** A piece of encoded audio, and how long it plays. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly durationMs: number;
}

/** Recorded or piped audio in one of the recogniser's formats. */
export interface Recording {
  readonly audio: AudioParameters;
  readonly durationMs?: number; // of the whole recording, where it is known
  readonly isTimed: boolean; // the pieces' durations are known; otherwise they are guesses by size
  /** The audio, for one consumer, who may stop early. @throws {RecordingError} when it cannot be read */
  pieces(): AsyncIterable<Piece>;
  /** Whether the rest was given up as unreadable. Known once the pieces have ended. */
  isBrokenOff?(): boolean;
  /**
   * Silence in the audio's own format, to follow the pieces that were read. Empty where it cannot be made: then the
   * last words need a longer wait, and may stay unconfirmed.
   */
  silence(durationMs: number): readonly Piece[];
}

/**
 * Why a recording cannot be read: its format is unknown, the recogniser does not accept it, or its bytes make no sense.
 */
type RecordingErrorCode = 'unknown-format' | 'unsupported-format' | 'unreadable';

/** A recording cannot be read. The message is a sentence that can be shown to users. */
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

/** The longest piece, whatever a file claims. The recogniser accepts no longer message either. */
export const MAX_PIECE_BYTES = 1024 * 1024;

/** Enough for one piece, however short it plays. */
export const WORTH_SENDING_BYTES = 64 * 1024;

/** This many bytes in pieces like `one`, which share its memory; the last piece may be shorter. */
export function repeated(one: Uint8Array, bytes: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes / one.length) }, (_, i) => one.subarray(0, bytes - i * one.length));
}
