import type { ByteReader } from './byte-reader.ts';
import { cut, PIECE_MS, type Piece, type Recording, RecordingError } from './recording.ts';

const UNKNOWN_SIZE = 0xffff_ffff; // written by programs that do not know yet how much will come
const EXTENSIBLE = 0xfffe;
const MAX_HEADER_BYTES = 1024 * 1024; // a cover picture may stand before the audio

interface WavFormat {
  readonly code: number; // 1 integers, 3 floats, 6 A-law, 7 mu-law
  readonly bytesPerSecond: number;
  readonly blockBytes: number; // one sample of every channel
  readonly bitsPerSample: number;
}

const MAX_SILENCE_MS = 10_000; // the header promises so much more audio than the file has, for silence to come

/** A WAV file. Its header leaves room for silence after the audio; what follows the audio in the file is left out. */
export async function wavRecording(reader: ByteReader): Promise<Recording> {
  const start = Buffer.from(await reader.peek(12)).toString('latin1');
  if (!start.startsWith('RIFF') || start.slice(8) !== 'WAVE') throw new RecordingError('This is not a WAV file.');
  const { header, format, dataBytes } = await readHeader(reader);
  const bytesFor = (ms: number) => wholeBlocks((format.bytesPerSecond * ms) / 1000, format);
  const piece = (bytes: Uint8Array) => ({ bytes, durationMs: (bytes.length * 1000) / format.bytesPerSecond });
  const pieceBytes = bytesFor(PIECE_MS) || format.blockBytes;
  return {
    audio: { format: 'wav' },
    ...(dataBytes === undefined ? undefined : { durationMs: (dataBytes * 1000) / format.bytesPerSecond }),
    async *pieces(): AsyncGenerator<Piece> {
      const promisedBytes = dataBytes === undefined ? undefined : dataBytes + bytesFor(MAX_SILENCE_MS);
      yield { bytes: headerFor(header, promisedBytes), durationMs: 0 };
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
      const whole = silentSamples(format, bytesFor(Math.min(durationMs, MAX_SILENCE_MS)));
      return cut(whole, pieceBytes).map(piece);
    },
  };
}

async function readHeader(reader: ByteReader): Promise<{ header: Uint8Array; format: WavFormat; dataBytes?: number }> {
  let format: WavFormat | undefined;
  let at = 12; // after RIFF, size, WAVE
  for (;;) {
    const head = await reader.peek(at + 8);
    if (head.length < at + 8 || at > MAX_HEADER_BYTES) throw new RecordingError('This WAV file holds no audio.');
    const view = viewOf(head);
    const name = Buffer.from(head.subarray(at, at + 4)).toString('latin1');
    const size = view.getUint32(at + 4, true);
    if (name === 'data') {
      if (format === undefined) throw new RecordingError('This WAV file does not say how its audio is written.');
      const header = (await reader.take(at + 8)).slice();
      return size === UNKNOWN_SIZE || size === 0 ? { header, format } : { header, format, dataBytes: size };
    }
    if (name === 'fmt ') format = await readFormat(reader, at + 8);
    at += 8 + size + (size % 2); // chunks are padded to even lengths
  }
}

async function readFormat(reader: ByteReader, at: number): Promise<WavFormat> {
  const bytes = await reader.peek(at + 26);
  if (bytes.length < at + 16) throw new RecordingError('This WAV file is cut off in its header.');
  const view = viewOf(bytes);
  const code = view.getUint16(at, true);
  const format = {
    code: code === EXTENSIBLE && bytes.length >= at + 26 ? view.getUint16(at + 24, true) : code,
    bytesPerSecond: view.getUint32(at + 8, true),
    blockBytes: view.getUint16(at + 12, true),
    bitsPerSample: view.getUint16(at + 14, true),
  };
  if (format.bytesPerSecond === 0 || format.blockBytes === 0) {
    throw new RecordingError('This WAV file does not say how its audio is written.');
  }
  return format;
}

function silentSamples(format: WavFormat, bytes: number): Uint8Array {
  const silence = new Uint8Array(bytes);
  if (format.code === 1 && format.bitsPerSample === 8) silence.fill(0x80); // 8-bit samples are unsigned
  if (format.code === 6) silence.fill(0xd5);
  if (format.code === 7) silence.fill(0xff);
  return silence;
}

/** The header with the sizes of what we send; without any, those of a stream whose end nobody knows. */
function headerFor(header: Uint8Array, dataBytes: number | undefined): Uint8Array {
  const patched = header.slice();
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
