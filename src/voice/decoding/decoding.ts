/** Takes what was decoded: `undefined` when the packet is corrupt. The samples stay as they are until the call after the next. */
export type TakeSamples = (samples: Int16Array | undefined) => void;

/** Decodes the packets of one stream, in order: libopus carries state from each to the next. */
export interface StreamDecoder {
  /** Calls back at once or soon, in the order in which it was asked. */
  decode(packet: Buffer, take: TakeSamples): void;
  /** Calls back when all has come that was asked for before. */
  inTurn(then: () => void): void;
}

/** Decodes for everybody. */
export interface Decoding {
  /** For one person and SSRC. */
  createDecoder(): StreamDecoder;
  /** Waits, standing still, until everybody has what they asked for. */
  settle(): void;
}
