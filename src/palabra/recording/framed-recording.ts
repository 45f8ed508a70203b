import type { Container } from '../format.ts';
import type { ByteReader } from './byte-reader.ts';
import { PIECE_MS, type Piece, type Recording, RecordingError } from './recording.ts';

/** What a frame's first bytes tell. */
interface FrameHeader {
  readonly bytes: number; // of the whole frame
  readonly durationMs: number;
}

/** A format that is a row of frames, each with its own header. */
export interface Framing {
  readonly format: Container;
  readonly name: string; // for people
  readonly headerBytes: number;
  /** `undefined` when no frame starts here. */
  read(header: Uint8Array): FrameHeader | undefined;
  /** A frame of silence like the one with this header, or `undefined` where that cannot be made. */
  silentFrame(header: Uint8Array): Uint8Array | undefined;
}

const MAX_JUNK_BYTES = 256 * 1024; // between frames; more of it, and this is something else
const TAG_HEADER_BYTES = 10;

/** A row of frames: tags and junk between them are left out, as the recogniser has no use for them. */
export async function framedRecording(reader: ByteReader, framing: Framing, durationMs?: number): Promise<Recording> {
  await skipTag(reader);
  if (!(await findFrame(reader, framing, false))) throw new RecordingError(`This is not ${framing.name} audio.`);
  let lastHeader: Uint8Array | undefined;
  return {
    audio: { format: framing.format },
    ...(durationMs === undefined ? undefined : { durationMs }),
    async *pieces(): AsyncGenerator<Piece> {
      let frames: Uint8Array[] = [];
      let piecesMs = 0;
      while (await findFrame(reader, framing, true)) {
        const head = await reader.peek(framing.headerBytes);
        const frame = framing.read(head);
        if (frame === undefined) break;
        const bytes = await reader.take(frame.bytes);
        if (bytes.length < frame.bytes) break; // cut off: a decoder could do nothing with it
        lastHeader = head.slice();
        frames.push(bytes);
        piecesMs += frame.durationMs;
        if (piecesMs < PIECE_MS) continue;
        yield { bytes: Buffer.concat(frames), durationMs: piecesMs };
        frames = [];
        piecesMs = 0;
      }
      if (frames.length > 0) yield { bytes: Buffer.concat(frames), durationMs: piecesMs };
    },
    silence(wantedMs) {
      const bytes = lastHeader && framing.silentFrame(lastHeader);
      const each = bytes && framing.read(bytes);
      if (bytes === undefined || each === undefined) return [];
      const count = Math.ceil(wantedMs / each.durationMs);
      return [{ bytes: Buffer.concat(Array(count).fill(bytes)), durationMs: count * each.durationMs }];
    },
  };
}

/**
 * Goes to where a frame starts; false when there is none.
 *
 * @param isInStep - a frame ended here: another that starts at once needs no further proof
 */
async function findFrame(reader: ByteReader, framing: Framing, isInStep: boolean): Promise<boolean> {
  for (let skipped = 0; skipped < MAX_JUNK_BYTES; skipped++) {
    const head = await reader.peek(framing.headerBytes);
    if (head.length < framing.headerBytes) return false;
    const frame = framing.read(head);
    const isCertain = isInStep && skipped === 0;
    if (frame !== undefined && (isCertain || (await isFollowed(reader, framing, frame)))) return true;
    await reader.take(1);
  }
  return false;
}

/** Bytes that look like a frame are one only if another follows, or the end. */
async function isFollowed(reader: ByteReader, framing: Framing, frame: FrameHeader): Promise<boolean> {
  const both = await reader.peek(frame.bytes + framing.headerBytes);
  const next = both.subarray(frame.bytes);
  if (next.length < framing.headerBytes) return true;
  return framing.read(next) !== undefined || Buffer.from(next.subarray(0, 3)).toString('latin1') === 'TAG';
}

/** An ID3v2 tag may stand before the audio, with a picture in it. */
async function skipTag(reader: ByteReader): Promise<void> {
  const head = await reader.peek(TAG_HEADER_BYTES);
  if (Buffer.from(head.subarray(0, 3)).toString('latin1') !== 'ID3' || head.length < TAG_HEADER_BYTES) return;
  const size = head.subarray(6).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
  let left = TAG_HEADER_BYTES + size;
  while (left > 0) {
    const { length } = await reader.take(Math.min(left, 65_536));
    if (length === 0) return;
    left -= length;
  }
}
