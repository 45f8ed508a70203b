import type { Container } from '../../sockets/format.ts';
import type { ByteReader } from '../byte-reader.ts';
import { PIECE_MS, type Piece, type Recording, RecordingError, repeated } from '../recording.ts';
import { skipTags, tagBytes } from '../tags.ts';

/** The facts in a frame's header. */
interface FrameHeader {
  readonly bytes: number; // the length of the whole frame
  readonly durationMs: number;
}

/** A format whose files are a row of frames, each with its own header. */
export interface Framing {
  readonly format: Container;
  readonly name: string; // for people
  readonly headerBytes: number;
  /** Reads the header at this place; `undefined` when no frame starts there. */
  read(bytes: Uint8Array, at?: number): FrameHeader | undefined;
  /** A frame of silence that can follow one with this header; `undefined` where none can be made. */
  silentFrame(header: Uint8Array): Uint8Array | undefined;
}

const SYNC_BYTE = 0xff; // the first byte of each frame
const TAG_ID3 = 0x49; // the first byte of a tag
const TAG_APE = 0x41;
const TAG_HEAD_BYTES = 32; // enough of a tag to know its length
const MAX_JUNK_BYTES = 256 * 1024; // between frames; with more than this, the rest is something else

/**
 * A row of frames. Tags and junk between them are left out, as the recogniser has no use for them. A tag has the length
 * that it states, wherever it is; after too much junk, the rest is given up.
 */
export async function framedRecording(reader: ByteReader, framing: Framing, durationMs?: number): Promise<Recording> {
  if (!(await findFrame(reader, framing))) throw new RecordingError(`This is not ${framing.name} audio.`);
  let lastHeader: Uint8Array | undefined;
  let isBrokenOff = false;
  return {
    audio: { format: framing.format },
    isTimed: true,
    ...(durationMs === undefined ? undefined : { durationMs }),
    isBrokenOff: () => isBrokenOff,
    async *pieces(): AsyncGenerator<Piece> {
      for (;;) {
        const run = await measureRun(reader, framing);
        if (run.lastAt !== undefined) {
          const bytes = await reader.take(run.bytes);
          lastHeader = bytes.slice(run.lastAt, run.lastAt + framing.headerBytes);
          yield { bytes, durationMs: run.durationMs };
        }
        if (run.next === 'the end') return;
        if (run.next === 'something else' && !(await findFrame(reader, framing))) {
          isBrokenOff = (await reader.peek(framing.headerBytes)).length >= framing.headerBytes;
          return;
        }
      }
    },
    silence(wantedMs) {
      const frame = lastHeader && framing.silentFrame(lastHeader);
      const each = frame && framing.read(frame);
      if (frame === undefined || each === undefined) return [];
      const inPiece = Math.ceil(PIECE_MS / each.durationMs);
      const piece = Buffer.concat(Array<Uint8Array>(inPiece).fill(frame));
      const frames = Math.ceil(wantedMs / each.durationMs);
      const pieces = repeated(piece, frames * frame.length);
      return pieces.map((bytes) => ({ bytes, durationMs: (bytes.length / frame.length) * each.durationMs }));
    },
  };
}

/** Frames that follow one another directly. */
interface Run {
  readonly bytes: number;
  readonly durationMs: number;
  readonly lastAt: number | undefined; // where the last frame begins; `undefined` without frames
  readonly next: 'more of it' | 'something else' | 'the end';
}

/** Looks at the next bytes, as many as fit into a piece. */
async function measureRun(reader: ByteReader, framing: Framing): Promise<Run> {
  let run: Run = { bytes: 0, durationMs: 0, lastAt: undefined, next: 'more of it' };
  while (run.durationMs < PIECE_MS) {
    const head = await reader.peek(run.bytes + framing.headerBytes);
    const frame = framing.read(head, run.bytes);
    const isCut = head.length < run.bytes + framing.headerBytes;
    if (isCut || frame === undefined) return { ...run, next: isCut ? 'the end' : 'something else' };
    const end = run.bytes + frame.bytes;
    // A frame that is cut off is left out, as a decoder cannot use it.
    if ((await reader.peek(end)).length < end) return { ...run, next: 'the end' };
    run = { bytes: end, durationMs: run.durationMs + frame.durationMs, lastAt: run.bytes, next: 'more of it' };
  }
  return run;
}

/** Goes to the next frame that another one follows; false when there is none, or too much junk before it. */
async function findFrame(reader: ByteReader, framing: Framing): Promise<boolean> {
  const { headerBytes } = framing;
  for (let skipped = 0; skipped < MAX_JUNK_BYTES; ) {
    await skipTags(reader); // tags do not count as junk, whatever pictures they hold
    const window = await reader.window(TAG_HEAD_BYTES);
    if (window.length < headerBytes) return false;
    // Searches all bytes that are here without waiting for each, as a stranger's file may be nothing but junk.
    const end = Math.min(window.length - headerBytes + 1, MAX_JUNK_BYTES - skipped);
    let at = 0;
    for (; at < end; at++) {
      const byte = window[at];
      if (byte !== SYNC_BYTE) {
        if (at > 0 && (byte === TAG_ID3 || byte === TAG_APE) && tagBytes(window, at) > 0) break;
        continue;
      }
      const frame = framing.read(window, at);
      if (frame === undefined || !(await isFollowed(reader, framing, at + frame.bytes))) continue;
      await reader.take(at);
      return true;
    }
    await reader.take(at);
    skipped += at;
  }
  return false;
}

/** Bytes that look like a frame are one only if another frame, a tag or the end follows. */
async function isFollowed(reader: ByteReader, framing: Framing, end: number): Promise<boolean> {
  const next = (await reader.peek(end + framing.headerBytes)).subarray(end);
  if (next.length < framing.headerBytes) return true;
  if (framing.read(next) !== undefined) return true;
  const isOldTag = Buffer.from(next.subarray(0, 3)).toString('latin1') === 'TAG';
  return isOldTag || tagBytes((await reader.peek(end + TAG_HEAD_BYTES)).subarray(end)) > 0;
}
