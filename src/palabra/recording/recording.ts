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
  /** How the recording ends: with silence after the last word, or so that the last words may need a longer wait. */
  readonly ending: 'silence' | 'abrupt';
  /** The audio in pieces of a few hundred milliseconds, the closing silence last. One consumer. */
  pieces(): AsyncIterable<Piece>;
}

/** A recording cannot be read. The message is a sentence fit to be shown. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
}

/** The recogniser ends an utterance after about a second of silence. */
export const CLOSING_SILENCE_MS = 1_500;
/** The API document recommends 320 ms. */
export const PIECE_MS = 320;
