import { makePage } from '../../../../src/palabra/packing/ogg-page.ts';

/** As much as is taken of a file. */
const MOST_BYTES = 25 * 1024 * 1024;

/** So many copies of `unit` behind `start` that the file is as large as one may be. */
export function padded(start: Buffer, unit: Uint8Array): Buffer {
  const file = Buffer.alloc(MOST_BYTES - ((MOST_BYTES - start.length) % unit.length));
  start.copy(file);
  file.fill(unit, start.length);
  return file;
}

const bytes = (text: string) => Buffer.from(text, 'latin1');

/** @param format - code, bytes a second, bytes of a block */
export function wavHead(format: { code: number; rateHz: number; bytesPerSecond: number; blockBytes: number }): Buffer {
  const head = Buffer.concat([bytes('RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0'), Buffer.alloc(16)]);
  head.writeUInt16LE(format.code, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(format.rateHz, 24);
  head.writeUInt32LE(format.bytesPerSecond, 28);
  head.writeUInt16LE(format.blockBytes, 32);
  head.writeUInt16LE(8, 34);
  return head;
}

export function wavOf(head: Buffer, data: Uint8Array): Buffer {
  const chunk = bytes('data\0\0\0\0');
  chunk.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, chunk, data]);
}

/** FLAC with nothing but its own header. @param samples - 0: as who recorded it did not know */
export function flacHead(rateHz: number, samples: number): Buffer {
  const head = Buffer.alloc(42);
  head.write('fLaC\x80\0\0\x22', 'latin1');
  head.writeUIntBE((rateHz << 4) | 1, 18, 3); // 16 bits, one channel: the rest of it does not matter here
  head.writeUInt32BE(samples, 22);
  return head;
}

/** MPEG 1, layer III, 44,100 Hz. @param rate - 0x90: 128 kbit/s in 417 bytes */
export function mp3Frame(rate = 0x90, length = 417): Buffer {
  const frame = Buffer.alloc(length, 0x55);
  frame.set([0xff, 0xfb, rate, 0x00]);
  return frame;
}

/** Low complexity, 48,000 Hz, one channel. @param length - of the whole frame, 7 at least */
export function adtsFrame(length: number): Buffer {
  const frame = Buffer.alloc(length, 0x55);
  frame.set([0xff, 0xf1, 0x4c, 0x40 | (length >> 11), (length >> 3) & 0xff, ((length & 7) << 5) | 0x1f, 0xfc]);
  return frame;
}

/** The first page of Ogg Opus. */
export function oggHead(): Buffer {
  const head = bytes('OpusHead\x01\x01\0\0\x80\xbb\0\0\0\0\0');
  return Buffer.from(makePage({ isLast: false, granule: 0n, serial: 7, sequence: 0 }, [head]));
}

/** A page of Ogg Opus. */
export function oggPage(granule: bigint, packets: readonly Uint8Array[] = [], serial = 7, isLast = false): Buffer {
  return Buffer.from(makePage({ isLast, granule, serial, sequence: 1 }, packets));
}

/** The part of a WebM file before its clusters. */
export const WEBM_HEAD = Buffer.from('1a45dfa385428284776562' + '6d' + '18538067' + '01ffffffffffffff', 'hex');

export const ID3_TAG = bytes('ID3\x04\0\0\x01\0\0\0'); // claims 2 MB
