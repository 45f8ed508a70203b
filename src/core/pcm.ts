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
