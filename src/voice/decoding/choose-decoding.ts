import type { PacketDecoder } from '../../core/pcm.ts';
import type { NativeVoice } from '../native/native.ts';
import { Decoder, type SampleRateHz } from './decoder.ts';
import type { Decoding } from './decoding.ts';
import { NativeDecoding } from './native-decoding.ts';

/**
 * Decodes what people say as it comes: with the addon, whose thread the whole process shares; without the addon, right
 * here.
 */
export function decodingOf(sampleRateHz: SampleRateHz, native: NativeVoice | undefined): Decoding {
  return native
    ? NativeDecoding.of(native).decodingAt(sampleRateHz)
    : decodingHere(decodersOf(sampleRateHz, undefined));
}

/**
 * Makes decoders, each of which turns one stream's Opus packets into samples at the given rate, at once.
 *
 * libopus averages the two channels of a stereo packet itself, which costs less than doing it here. A decoder carries
 * state from packet to packet: each person and SSRC has its own.
 */
export function decodersOf(sampleRateHz: SampleRateHz, native: NativeVoice | undefined): () => PacketDecoder {
  return native ? NativeDecoding.of(native).decodersAt(sampleRateHz) : () => new Decoder(sampleRateHz);
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
