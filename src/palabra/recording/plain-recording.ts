import type { ByteReader } from './byte-reader.ts';
import { PIECE_MS, type Piece, type Recording } from './recording.ts';

/** A container passed on as it is, at its average speed. Silence cannot be put at its end. */
export function plainRecording(
  reader: ByteReader,
  format: 'flac' | 'webm',
  bytesPerMs: number,
  durationMs?: number,
): Recording {
  const pieceBytes = Math.max(1, Math.round(bytesPerMs * PIECE_MS));
  return {
    audio: { format },
    ...(durationMs === undefined ? undefined : { durationMs }),
    async *pieces(): AsyncGenerator<Piece> {
      for (;;) {
        const bytes = await reader.take(pieceBytes);
        if (bytes.length === 0) return;
        yield { bytes, durationMs: bytes.length / bytesPerMs };
      }
    },
    silence: () => [],
  };
}
