/** A stretch of one person's speech: signed 16-bit samples, one channel. */
export interface PcmFrame {
  readonly samples: Int16Array;
  readonly sampleRateHz: number; // what the decoder made and the recogniser is told: 48 000 as a rule
  readonly startMs: number; // of the first sample, since the meeting began
}

/** How long the frame lasts, in milliseconds. */
export function durationMs(frame: PcmFrame): number {
  return (frame.samples.length * 1000) / frame.sampleRateHz;
}

/**
 * Silence that fills a stretch of the timeline in which Discord sent nothing.
 *
 * The recogniser ends an utterance only when it hears silence, and a person who stops talking sends no packets.
 *
 * @param durationMs - rounded down to whole samples
 * @throws {RangeError} when the duration is negative
 */
export function silence(startMs: number, durationMs: number, sampleRateHz: number): PcmFrame {
  if (durationMs < 0) throw new RangeError(`Cannot make silence as the duration is negative: ${durationMs} ms`);
  return { samples: new Int16Array(Math.floor((durationMs * sampleRateHz) / 1000)), sampleRateHz, startMs };
}
