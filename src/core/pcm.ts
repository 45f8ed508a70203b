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

/** A stretch of one person's speech as they sent it: one Opus packet, which nobody has decoded. */
interface CodedFrame {
  readonly samples?: never;
  /** Missing: silence, in which nothing was sent. It stands for a lost packet when it has a first byte only. */
  readonly packet?: Uint8Array;
  readonly count: number; // samples that it becomes
  readonly level: number; // about the root mean square of these samples, by a look at the packet
  readonly sampleRateHz: number;
  readonly startMs: number;
}

/** A stretch of one person's speech at a time of the meeting. */
export type VoiceFrame = PcmFrame | CodedFrame;

/** Decodes one stream's packets, in order: it carries state from each packet to the next. */
export interface PacketDecoder {
  /** `undefined` when the packet is corrupt. The samples stay valid until the call after the next. */
  decode(packet: Buffer): Int16Array | undefined;
}

/** How many samples the frame holds, or becomes when it is decoded. */
export function countOf(frame: VoiceFrame): number {
  return frame.samples === undefined ? frame.count : frame.samples.length;
}

/** How long the frame lasts, in milliseconds. */
export function durationMs(frame: VoiceFrame): number {
  return (countOf(frame) * 1000) / frame.sampleRateHz;
}

/** A frame that may be kept. */
export function ownCopy(frame: VoiceFrame): VoiceFrame {
  return frame.samples === undefined ? frame : { ...frame, samples: frame.samples.slice() };
}
