import type { PacketDecoder } from '../../core/pcm.ts';
import type { NativeVoice } from '../native/native.ts';
import { decodersOf, type SampleRateHz } from './decoder.ts';
import { NativeDecoding } from './native-decoding.ts';

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
  decoder(): StreamDecoder;
  /** Waits, standing still, until everybody has what they asked for. */
  settle(): void;
}

/** Beside JavaScript where there is the addon, on a thread that the whole process shares; else right here. */
export function decodingOf(sampleRateHz: SampleRateHz, native: NativeVoice | undefined): Decoding {
  return native ? NativeDecoding.of(native).at(sampleRateHz) : decodingHere(decodersOf(sampleRateHz, undefined));
}

function decodingHere(decoderOf: () => PacketDecoder): Decoding {
  return {
    decoder() {
      const decoder = decoderOf();
      return { decode: (packet, take) => take(decoder.decode(packet)), inTurn: (then) => then() };
    },
    settle() {},
  };
}
