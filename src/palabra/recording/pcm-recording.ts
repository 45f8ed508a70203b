import {
  type AudioParameters,
  bytesPerSample,
  DEFAULT_PCM_RATE_HZ,
  type PcmEncoding,
  silentBytes,
} from '../sockets/format.ts';
import type { ByteReader } from './byte-reader.ts';
import { MAX_PIECE_BYTES, PIECE_MS, type Piece, type Recording, repeated } from './recording.ts';

/** Raw samples: one channel, in one of the document's encodings. */
export function pcmRecording(
  reader: ByteReader,
  audio: Extract<AudioParameters, { format: PcmEncoding }>,
  sizeBytes?: number,
): Recording {
  const rateHz = audio.sampleRateHz ?? DEFAULT_PCM_RATE_HZ;
  const sampleBytes = bytesPerSample(audio.format);
  const pieceSamples = Math.min(Math.round((rateHz * PIECE_MS) / 1000), MAX_PIECE_BYTES / sampleBytes);
  const pieceBytes = pieceSamples * sampleBytes;
  const durationOf = (bytes: number) => (Math.floor(bytes / sampleBytes) * 1000) / rateHz;
  const piece = (bytes: Uint8Array) => ({ bytes, durationMs: durationOf(bytes.length) });
  return {
    audio,
    isTimed: true,
    ...(sizeBytes === undefined ? undefined : { durationMs: durationOf(sizeBytes) }),
    async *pieces(): AsyncGenerator<Piece> {
      for (;;) {
        const read = await reader.take(pieceBytes);
        // An incomplete last sample is left out, as half a sample would shift the silence after it.
        const bytes = read.subarray(0, read.length - (read.length % sampleBytes));
        if (bytes.length > 0) yield piece(bytes);
        if (read.length < pieceBytes) return;
      }
    },
    silence(durationMs) {
      const samples = Math.round((rateHz * durationMs) / 1000);
      return repeated(silentBytes(audio.format, pieceSamples), samples * sampleBytes).map(piece);
    },
  };
}
