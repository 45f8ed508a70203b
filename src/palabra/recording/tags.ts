import type { ByteReader } from './byte-reader.ts';

/** How many bytes of a tag show how long it is. */
const TAG_HEADER_BYTES = 32;
const ID3_BYTES = 10;
const APE_BYTES = 32;
const APE_HAS_ITEMS_AFTER = 0x2000_0000; // this is its header: the items and a footer follow
const MOST_IN_FRONT = 16; // the most tags in a row; two have been seen
const PORTION_BYTES = 65_536;

/** The length of the tag that begins at this place, according to its header; 0 where none begins. */
export function tagBytes(bytes: Uint8Array, at = 0): number {
  const first = bytes[at];
  if (first === 0x49) return id3Bytes(bytes, at);
  return first === 0x41 ? apeBytes(bytes, at) : 0;
}

/** ID3v2, often with a picture: its length is written in seven bits a byte. */
function id3Bytes(bytes: Uint8Array, at: number): number {
  const [i, d, three, version = 0xff, revision = 0xff, flags = 0, ...size] = bytes.subarray(at, at + ID3_BYTES);
  if (i !== 0x49 || d !== 0x44 || three !== 0x33 || version === 0xff || revision === 0xff) return 0;
  if (size.length < 4 || size.some((byte) => byte > 0x7f)) return 0;
  const footer = flags & 0x10 ? ID3_BYTES : 0;
  return ID3_BYTES + size.reduce((sum, byte) => sum * 128 + byte, 0) + footer;
}

function apeBytes(bytes: Uint8Array, at: number): number {
  const head = Buffer.from(bytes.subarray(at, at + APE_BYTES));
  if (head.length < APE_BYTES || head.toString('latin1', 0, 8) !== 'APETAGEX') return 0;
  const isHeader = (head.readUInt32LE(20) & APE_HAS_ITEMS_AFTER) !== 0;
  return APE_BYTES + (isHeader ? head.readUInt32LE(12) : 0);
}

/** Where the tags end. Reads only their headers. */
export function behindTags(bytes: Uint8Array): number {
  let at = 0;
  for (let i = 0; i < MOST_IN_FRONT; i++) {
    const length = tagBytes(bytes, at);
    if (length === 0) break;
    at += length;
  }
  return Math.min(at, bytes.length);
}

/** Skips the tags that come next, however long they are. Returns their total length. */
export async function skipTags(reader: ByteReader): Promise<number> {
  let skipped = 0;
  for (;;) {
    let left = tagBytes(await reader.peek(TAG_HEADER_BYTES));
    if (left === 0) return skipped;
    while (left > 0) {
      const { length } = await reader.take(Math.min(left, PORTION_BYTES));
      if (length === 0) return skipped;
      left -= length;
      skipped += length;
    }
  }
}
