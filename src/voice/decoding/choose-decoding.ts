import type { PacketDecoder } from '../../core/pcm.ts';
import type { NativeVoice } from '../native/native.ts';
import { decodersOf, type SampleRateHz } from './decoder.ts';
import type { Decoding } from './decoding.ts';
import { NativeDecoding } from './native-decoding.ts';

/** Decodes with the addon, whose thread the whole process shares; without the addon, decodes right here. */
export function decodingOf(sampleRateHz: SampleRateHz, native: NativeVoice | undefined): Decoding {
  return native
    ? NativeDecoding.of(native).decodingAt(sampleRateHz)
    : decodingHere(decodersOf(sampleRateHz, undefined));
}

function decodingHere(decoderOf: () => PacketDecoder): Decoding {
  return {
    createDecoder() {
      const decoder = decoderOf();
      return { decode: (packet, take) => take(decoder.decode(packet)), inTurn: (then) => then() };
    },
    settle() {},
  };
}
