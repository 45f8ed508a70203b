/** A stretch of one person's speech: signed 16-bit samples, one channel. */
export interface PcmFrame {
  readonly samples: Int16Array; // copy them to keep them: their memory is used again
  readonly sampleRateHz: number; // as decoded and as announced to the recogniser: usually 48 000
  readonly startMs: number; // of the first sample, since the meeting began
  /**
   * The coded packet behind these samples, where there is one. While the sender's clock is being followed, its last sample
   * may be missing from `samples` or appear twice.
   */
  readonly packet?: Uint8Array;
}

/** Decodes one stream's packets, in order: it carries state from each packet to the next. */
export interface PacketDecoder {
  /** `undefined` when the packet is corrupt. The samples stay valid until the call after the next. */
  decode(packet: Buffer): Int16Array | undefined;
}

/** How long the frame lasts, in milliseconds. */
export function durationMs(frame: PcmFrame): number {
  return (frame.samples.length * 1000) / frame.sampleRateHz;
}
