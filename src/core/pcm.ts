/** A stretch of one person's speech: signed 16-bit samples, one channel. */
export interface PcmFrame {
  readonly samples: Int16Array; // whoever keeps the frame copies them: their memory is used again
  readonly sampleRateHz: number; // what the decoder made and the recogniser is told: 48 000 as a rule
  readonly startMs: number; // of the first sample, since the meeting began
  /**
   * The coded packet that was decoded to these samples, where there is one. Where the sender's clock is being followed its
   * last sample may be missing, or stand there twice.
   */
  readonly packet?: Uint8Array;
}

/** Makes samples of one stream's packets, in order: it carries state from each to the next. */
export interface PacketDecoder {
  /** `undefined` when the packet is corrupt. The samples stay as they are until the call after the next. */
  decode(packet: Buffer): Int16Array | undefined;
}

/** How long the frame lasts, in milliseconds. */
export function durationMs(frame: PcmFrame): number {
  return (frame.samples.length * 1000) / frame.sampleRateHz;
}
