import type { ByteReader } from './byte-reader.ts';
import { MAX_PIECE_BYTES, PIECE_MS, type Piece, type Recording, RecordingError, repeated } from './recording.ts';

const UNKNOWN_SIZE = 0xffff_ffff; // written by programs that do not know yet how much will come
const LEAST_DOUBTED_SIZE = 0x7fff_0000; // other such programs write this, or more, or the most less their header
const LARGE = ['RF64', 'BW64']; // with sizes of 64 bits in a chunk of their own
const LARGE_SIZES = 'ds64';
const SPARE_CHUNK = 'JUNK'; // that nobody reads
const EXTENSIBLE = 0xfffe;
const MAX_HEADER_BYTES = MAX_PIECE_BYTES - 8; // a cover picture may stand before the audio
const MAX_RATE_HZ = 384_000; // and so many bytes for one sample of every channel: more than any recorder writes
const MAX_SAMPLE_BYTES = 64;
/** Integers, floats, A-law, mu-law: each block is one sample of every channel. In others it holds many. */
const SAMPLE_CODES: readonly number[] = [1, 3, 6, 7];

interface WavFormat {
  readonly code: number; // 1 integers, 3 floats, 6 A-law, 7 mu-law
  readonly rateHz: number;
  readonly bytesPerSecond: number;
  readonly blockBytes: number; // one sample of every channel
  readonly bitsPerSample: number;
}

const MAX_SILENCE_MS = 10_000; // the header promises so much more audio than the file has, for silence to come

/**
 * A WAV file. Its header leaves room for silence after the audio; what follows the audio in the file is left out.
 *
 * @param sizeBytes - of the file: what its header promises beyond it is not believed
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

/** The smaller one of the length that is stated and the one that is there; missing: neither is known. */
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
  let largeBytes: number | undefined; // of audio, in a file of that kind
  let at = 12; // after RIFF, size, WAVE
  for (;;) {
    // Looked at first: a chunk may claim four gigabytes.
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

/** How much audio there is, in a file that may have more than four gigabytes. */
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
  if (!isPlausible(format)) throw new RecordingError('This WAV file tells of a speed that no sound has.');
  return format;
}

/** Everything that follows is reckoned with these numbers, and strangers write them. */
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
 * The header with the sizes of what we send; without any, those of a stream whose end nobody knows. That of a large file
 * becomes a usual one.
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
