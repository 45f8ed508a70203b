import type { Container } from '../../sockets/format.ts';
import type { ByteReader } from '../byte-reader.ts';
import { PIECE_MS, type Piece, type Recording, RecordingError, repeated } from '../recording.ts';
import { skipTags, tagBytes } from '../tags.ts';

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
  /** `undefined` when no frame starts at this place. */
  read(bytes: Uint8Array, at?: number): FrameHeader | undefined;
  /** A frame of silence like the one with this header, or `undefined` where that cannot be made. */
  silentFrame(header: Uint8Array): Uint8Array | undefined;
}

const SYNC_BYTE = 0xff; // with which each frame begins
const TAG_ID3 = 0x49; // with which tags begin
const TAG_APE = 0x41;
const TELLING_TAG_BYTES = 32; // of a tag's head
const MAX_JUNK_BYTES = 256 * 1024; // between frames; more of it, and this is something else

/**
 * A row of frames: tags and junk between them are left out, as the recogniser has no use for them. A tag is as long as it says,
 * wherever it stands; after too much junk the rest is given up.
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

/** Frames that follow one another without anything between them. */
interface Run {
  readonly bytes: number;
  readonly durationMs: number;
  readonly lastAt: number | undefined; // where the last one begins; `undefined` when there is none
  readonly next: 'more of it' | 'something else' | 'the end';
}

/** Looks at what comes next, as far as a piece is long. */
async function measureRun(reader: ByteReader, framing: Framing): Promise<Run> {
  let run: Run = { bytes: 0, durationMs: 0, lastAt: undefined, next: 'more of it' };
  while (run.durationMs < PIECE_MS) {
    const head = await reader.peek(run.bytes + framing.headerBytes);
    const frame = framing.read(head, run.bytes);
    const isCut = head.length < run.bytes + framing.headerBytes;
    if (isCut || frame === undefined) return { ...run, next: isCut ? 'the end' : 'something else' };
    const end = run.bytes + frame.bytes;
    // One that is cut off is left out: a decoder could do nothing with it.
    if ((await reader.peek(end)).length < end) return { ...run, next: 'the end' };
    run = { bytes: end, durationMs: run.durationMs + frame.durationMs, lastAt: run.bytes, next: 'more of it' };
  }
  return run;
}

/** Goes to where a frame starts, and another one after it; false when there is none, or too much of something else. */
async function findFrame(reader: ByteReader, framing: Framing): Promise<boolean> {
  const { headerBytes } = framing;
  for (let skipped = 0; skipped < MAX_JUNK_BYTES; ) {
    await skipTags(reader); // they count for nothing, with whatever pictures in them
    const window = await reader.window(TELLING_TAG_BYTES);
    if (window.length < headerBytes) return false;
    // Without a wait for each byte: what strangers call audio may be nothing but junk.
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

/** Bytes that look like a frame are one only if another follows, or the end. */
async function isFollowed(reader: ByteReader, framing: Framing, end: number): Promise<boolean> {
  const next = (await reader.peek(end + framing.headerBytes)).subarray(end);
  if (next.length < framing.headerBytes) return true;
  if (framing.read(next) !== undefined) return true;
  const isOldTag = Buffer.from(next.subarray(0, 3)).toString('latin1') === 'TAG';
  return isOldTag || tagBytes((await reader.peek(end + TELLING_TAG_BYTES)).subarray(end)) > 0;
}
