/** The sound of a packet that is not decoded: the number of its samples, and about their root mean square. */
export interface CodedSound {
  readonly length: number;
  readonly level: number;
}

/**
 * Takes the sound of a packet: `undefined` when the packet is corrupt. Samples stay unchanged until the call after the
 * next, everything else only during the call.
 */
export type Take<Sound> = (sound: Sound | undefined) => void;
export type TakeSamples = Take<Int16Array>;

/** Decodes the packets of one stream, in order: libopus carries state from each to the next. */
export interface StreamDecoder<Sound = Int16Array> {
  /** Calls back at once or soon, in the order of the calls. */
  decode(packet: Buffer, take: Take<Sound>): void;
  /** Calls back once every earlier call was answered. */
  inTurn(then: () => void): void;
}

/** Decodes for all speakers. */
export interface Decoding<Sound = Int16Array> {
  /** A decoder for one person and SSRC. */
  createDecoder(): StreamDecoder<Sound>;
  /** Blocks until every call was answered. */
  settle(): void;
}
