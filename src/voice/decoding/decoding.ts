/** Takes decoded samples: `undefined` when the packet is corrupt. They stay unchanged until the call after the next. */
export type TakeSamples = (samples: Int16Array | undefined) => void;

/** Decodes the packets of one stream, in order: libopus carries state from each to the next. */
export interface StreamDecoder {
  /** Calls back at once or soon, in the order of the calls. */
  decode(packet: Buffer, take: TakeSamples): void;
  /** Calls back once every earlier call was answered. */
  inTurn(then: () => void): void;
}

/** Decodes for all speakers. */
export interface Decoding {
  /** A decoder for one person and SSRC. */
  createDecoder(): StreamDecoder;
  /** Blocks until every call was answered. */
  settle(): void;
}
