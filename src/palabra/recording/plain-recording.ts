import type { Container } from '../sockets/format.ts';
import type { ByteReader } from './byte-reader.ts';
import { MAX_PIECE_BYTES, PIECE_MS, type Piece, type Recording } from './recording.ts';

const MAX_BYTES_PER_MS = 384 * 64; // no sound needs more: a header that claims more is ignored

/** A container that is passed on as it is, at its average speed. No silence can follow it. */
export function plainRecording(
  reader: ByteReader,
  format: Container,
  averageBytesPerMs: number,
  durationMs?: number,
): Recording {
  const bytesPerMs = Math.min(averageBytesPerMs, MAX_BYTES_PER_MS);
  const pieceBytes = Math.min(MAX_PIECE_BYTES, Math.max(1, Math.round(bytesPerMs * PIECE_MS)));
  return {
    audio: { format },
    isTimed: false,
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
