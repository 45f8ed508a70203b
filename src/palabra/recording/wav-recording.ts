import type { ByteReader } from './byte-reader.ts';
import { MAX_PIECE_BYTES, PIECE_MS, type Piece, type Recording, RecordingError, repeated } from './recording.ts';

const UNKNOWN_SIZE = 0xffff_ffff; // written by programs that do not know the size yet
const LEAST_DOUBTED_SIZE = 0x7fff_0000; // others write this or more, such as the maximum minus their header
const LARGE = ['RF64', 'BW64']; // files that state 64-bit sizes in a chunk of their own
const LARGE_SIZES = 'ds64';
const SPARE_CHUNK = 'JUNK'; // a chunk that no program reads
const EXTENSIBLE = 0xfffe;
const MAX_HEADER_BYTES = MAX_PIECE_BYTES - 8; // a cover picture may come before the audio
const MAX_RATE_HZ = 384_000; // also the most bytes of one block: more than any recorder writes
const MAX_SAMPLE_BYTES = 64;
/** Integers, floats, A-law, mu-law: a block is one sample of every channel. In other formats it holds many. */
const SAMPLE_CODES: readonly number[] = [1, 3, 6, 7];

interface WavFormat {
  readonly code: number; // 1 integers, 3 floats, 6 A-law, 7 mu-law
  readonly rateHz: number;
  readonly bytesPerSecond: number;
  readonly blockBytes: number; // one sample of every channel
  readonly bitsPerSample: number;
}

const MAX_SILENCE_MS = 10_000; // the header promises this much more audio than the file has, for the silence

/**
 * A WAV file. Its header leaves room for silence after the audio; chunks after the audio are left out.
 *
 * @param sizeBytes - the size of the file: audio that the header promises beyond it is ignored
 */
export async function wavRecording(reader: ByteReader, sizeBytes?: number): Promise<Recording> {
  const start = Buffer.from(await reader.peek(12)).toString('latin1');
  const isWav = start.startsWith('RIFF') || LARGE.includes(start.slice(0, 4));
  if (!isWav || start.slice(8) !== 'WAVE') throw new RecordingError('This is not a WAV file.');
  const { header, format, statedBytes } = await readHeader(reader);
  const dataBytes = smaller(statedBytes, sizeBytes === undefined ? undefined : sizeBytes - header.length);
  const bytesFor = (ms: number) => wholeBlocks((format.bytesPerSecond * ms) / 1000, format);
  const piece = (bytes: Uint8Array) => ({ bytes, durationMs: (bytes.length * 1000) / format.bytesPerSecond });
  const pieceBytes = Math.min(bytesFor(PIECE_MS), wholeBlocks(MAX_PIECE_BYTES, format)) || format.blockBytes;
  return {
    audio: { format: 'wav' },
    isTimed: true,
    ...(dataBytes === undefined ? undefined : { durationMs: (dataBytes * 1000) / format.bytesPerSecond }),
    async *pieces(): AsyncGenerator<Piece> {
      const promisedBytes = dataBytes === undefined ? undefined : dataBytes + bytesFor(MAX_SILENCE_MS);
      const isTellable = promisedBytes !== undefined && header.length + promisedBytes < UNKNOWN_SIZE;
      yield { bytes: headerFor(header, isTellable ? promisedBytes : undefined), durationMs: 0 };
      let leftBytes = dataBytes ?? Number.POSITIVE_INFINITY;
      while (leftBytes > 0) {
        const wanted = Math.min(pieceBytes, leftBytes);
        const read = await reader.take(wanted);
        const bytes = read.subarray(0, wholeBlocks(read.length, format));
        if (bytes.length > 0) yield piece(bytes);
        leftBytes -= bytes.length;
        if (read.length < wanted || bytes.length === 0) return;
      }
    },
    silence(durationMs) {
      const bytes = bytesFor(Math.min(durationMs, MAX_SILENCE_MS));
      return repeated(silentSamples(format, pieceBytes), bytes).map(piece);
    },
  };
}

/** The smaller of the stated and the actual length; missing: neither is known. */
function smaller(stated: number | undefined, present: number | undefined): number | undefined {
  if (present !== undefined) return Math.max(0, Math.min(stated ?? present, present));
  return stated !== undefined && stated < LEAST_DOUBTED_SIZE ? stated : undefined;
}

interface WavHeader {
  readonly header: Uint8Array;
  readonly format: WavFormat;
  readonly statedBytes?: number; // of audio
}

async function readHeader(reader: ByteReader): Promise<WavHeader> {
  let format: WavFormat | undefined;
  let largeBytes: number | undefined; // of audio, as such a file states it
  let at = 12; // after RIFF, size, WAVE
  for (;;) {
    // Peeks first, as a chunk may claim four gigabytes.
    const head = at > MAX_HEADER_BYTES ? undefined : await reader.peek(at + 8);
    if (head === undefined || head.length < at + 8) throw new RecordingError('This WAV file holds no audio.');
    const view = viewOf(head);
    const name = Buffer.from(head.subarray(at, at + 4)).toString('latin1');
    const size = view.getUint32(at + 4, true);
    if (name === 'data') {
      if (format === undefined) throw new RecordingError('This WAV file does not say how its audio is written.');
      const header = await reader.take(at + 8);
      const stated = size === UNKNOWN_SIZE ? largeBytes : size;
      return stated === undefined || stated === 0 ? { header, format } : { header, format, statedBytes: stated };
    }
    if (name === LARGE_SIZES) largeBytes = await readLargeSize(reader, at + 8);
    if (name === 'fmt ') format = await readFormat(reader, at + 8);
    at += 8 + size + (size % 2); // chunks are padded to even lengths
  }
}

/** How much audio there is in a file that may be larger than four gigabytes. */
async function readLargeSize(reader: ByteReader, at: number): Promise<number | undefined> {
  const bytes = await reader.peek(at + 16);
  return bytes.length < at + 16 ? undefined : Number(viewOf(bytes).getBigUint64(at + 8, true));
}

async function readFormat(reader: ByteReader, at: number): Promise<WavFormat> {
  const bytes = await reader.peek(at + 26);
  if (bytes.length < at + 16) throw new RecordingError('This WAV file is cut off in its header.');
  const view = viewOf(bytes);
  const code = view.getUint16(at, true);
  const format = {
    code: code === EXTENSIBLE && bytes.length >= at + 26 ? view.getUint16(at + 24, true) : code,
    rateHz: view.getUint32(at + 4, true),
    bytesPerSecond: view.getUint32(at + 8, true),
    blockBytes: view.getUint16(at + 12, true),
    bitsPerSample: view.getUint16(at + 14, true),
  };
  if (format.bytesPerSecond === 0 || format.blockBytes === 0) {
    throw new RecordingError('This WAV file does not say how its audio is written.');
  }
  if (!isPlausible(format))
    throw new RecordingError('This WAV file states a sample rate or size that no recording has.');
  return format;
}

/** Whether these numbers are plausible. Strangers write them, and everything after this is computed with them. */
function isPlausible({ code, rateHz, bytesPerSecond, blockBytes }: WavFormat): boolean {
  if (rateHz > MAX_RATE_HZ || bytesPerSecond > MAX_RATE_HZ * MAX_SAMPLE_BYTES) return false;
  if (!SAMPLE_CODES.includes(code)) return true;
  return blockBytes <= MAX_SAMPLE_BYTES && bytesPerSecond === rateHz * blockBytes;
}

function silentSamples(format: WavFormat, bytes: number): Uint8Array {
  const silence = new Uint8Array(bytes);
  if (format.code === 1 && format.bitsPerSample === 8) silence.fill(0x80); // 8-bit samples are unsigned
  if (format.code === 6) silence.fill(0xd5);
  if (format.code === 7) silence.fill(0xff);
  return silence;
}

/**
 * The header with the sizes of the audio that we send, or with those of a stream of unknown length. The header of a
 * large file becomes an ordinary one.
 */
function headerFor(header: Uint8Array, dataBytes: number | undefined): Uint8Array {
  const patched = new Uint8Array(header); // `slice` of a Buffer would be the same memory
  const text = Buffer.from(patched.buffer, patched.byteOffset, patched.length);
  if (LARGE.includes(text.toString('latin1', 0, 4))) {
    text.write('RIFF', 0, 'latin1');
    const at = text.indexOf(LARGE_SIZES, 12, 'latin1');
    if (at >= 0) text.write(SPARE_CHUNK, at, 'latin1');
  }
  const view = viewOf(patched);
  view.setUint32(patched.length - 4, dataBytes ?? UNKNOWN_SIZE, true);
  view.setUint32(4, dataBytes === undefined ? UNKNOWN_SIZE : patched.length - 8 + dataBytes, true);
  return patched;
}

function wholeBlocks(bytes: number, format: WavFormat): number {
  return Math.floor(bytes / format.blockBytes) * format.blockBytes;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
