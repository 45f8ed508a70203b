import { type AudioParameters, bytesPerSample, DEFAULT_PCM_RATE_HZ, type PcmEncoding, silentBytes } from '../format.ts';
import type { ByteReader } from './byte-reader.ts';
import { CLOSING_SILENCE_MS, PIECE_MS, type Piece, type Recording, RecordingError } from './recording.ts';

/** Raw samples: one channel, in one of the document's encodings. */
export function pcmRecording(
  reader: ByteReader,
  audio: Extract<AudioParameters, { format: PcmEncoding }>,
  sizeBytes?: number,
): Recording {
  const rateHz = audio.sampleRateHz ?? DEFAULT_PCM_RATE_HZ;
  const sampleBytes = bytesPerSample(audio.format);
  const durationOf = (bytes: number) => (Math.floor(bytes / sampleBytes) * 1000) / rateHz;
  return {
    audio,
    ending: 'silence',
    ...(sizeBytes === undefined ? undefined : { durationMs: durationOf(sizeBytes) }),
    async *pieces(): AsyncGenerator<Piece> {
      const pieceBytes = Math.round((rateHz * PIECE_MS) / 1000) * sampleBytes;
      let isEmpty = true;
      for (;;) {
        const read = await reader.take(pieceBytes);
        // A broken last sample is left out: half of one would shift all that follows.
        const bytes = read.subarray(0, read.length - (read.length % sampleBytes));
        if (bytes.length > 0) yield { bytes, durationMs: durationOf(bytes.length) };
        isEmpty &&= bytes.length === 0;
        if (read.length < pieceBytes) break;
      }
      if (isEmpty) throw new RecordingError('There is no audio in it.');
      const silence = silentBytes(audio.format, Math.round((rateHz * CLOSING_SILENCE_MS) / 1000));
      for (let at = 0; at < silence.length; at += pieceBytes) {
        const bytes = silence.subarray(at, at + pieceBytes);
        yield { bytes, durationMs: durationOf(bytes.length) };
      }
    },
  };
}
