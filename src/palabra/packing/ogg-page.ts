export const PAGE_HEADER_BYTES = 27;
const CONTINUED = 0x01;
const FIRST_PAGE = 0x02;
const LAST_PAGE = 0x04;
const CAPTURE = Buffer.from('OggS');
const POLYNOMIAL = 0x04c1_1db7;
const MAX_SEGMENTS = 255; // entries of the segment table, each of which states up to 255 bytes

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000_0000 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
  return crc;
});

/** The facts in a page's header (RFC 3533). */
export interface OggPage {
  readonly isContinued: boolean; // it begins in the middle of a packet
  readonly isLast: boolean; // the last page of its logical stream
  readonly granule: bigint; // -1: no packet ends here
  readonly serial: number;
  readonly sequence: number;
  readonly bodyAt: number;
}

type PageHead = Omit<OggPage, 'bodyAt' | 'isContinued'> & { readonly isFirst?: boolean };

export function isPage(bytes: Uint8Array): boolean {
  return bytes[0] === 0x4f && bytes[1] === 0x67 && bytes[2] === 0x67 && bytes[3] === 0x53; // OggS
}

export function readPage(page: Uint8Array): OggPage {
  const view = viewOf(page);
  return {
    isContinued: (view.getUint8(5) & CONTINUED) !== 0,
    isLast: (view.getUint8(5) & LAST_PAGE) !== 0,
    granule: view.getBigInt64(6, true),
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
    bodyAt: PAGE_HEADER_BYTES + view.getUint8(26),
  };
}

/** The same page without its end mark, so that more pages of its stream may follow. */
export function notTheLast(page: Uint8Array): Uint8Array {
  const copy = new Uint8Array(page); // `slice` of a Buffer would be the same memory
  copy[5] = (copy[5] ?? 0) & ~LAST_PAGE;
  return sealed(copy);
}

/** How many entries of the segment table a packet of this length takes. */
export function segmentsOf(packetBytes: number): number {
  return Math.floor(packetBytes / MAX_SEGMENTS) + 1;
}

/** Whether packets that take so many entries fit on one page. */
export function fitsPage(segments: number): boolean {
  return segments <= MAX_SEGMENTS;
}

/** A page of whole packets. @throws {RangeError} when they do not fit on one page */
export function makePage(head: PageHead, packets: readonly Uint8Array[]): Uint8Array {
  let segments = 0;
  let bytes = 0;
  for (const { length } of packets) {
    segments += segmentsOf(length);
    bytes += length;
  }
  if (!fitsPage(segments)) throw new RangeError(`Cannot make one page of ${packets.length} packets, ${bytes} bytes`);
  const page = new Uint8Array(PAGE_HEADER_BYTES + segments + bytes);
  page.set(CAPTURE);
  const view = viewOf(page);
  view.setUint8(5, (head.isFirst ? FIRST_PAGE : 0) | (head.isLast ? LAST_PAGE : 0));
  view.setBigInt64(6, head.granule, true);
  view.setUint32(14, head.serial, true);
  view.setUint32(18, head.sequence, true);
  view.setUint8(26, segments);
  let entry = PAGE_HEADER_BYTES;
  let at = PAGE_HEADER_BYTES + segments;
  for (const packet of packets) {
    let rest = packet.length;
    for (; rest >= MAX_SEGMENTS; rest -= MAX_SEGMENTS) page[entry++] = MAX_SEGMENTS;
    page[entry++] = rest;
    page.set(packet, at);
    at += packet.length;
  }
  return sealed(page);
}

/** Corrects the checksum, in place. */
function sealed(page: Uint8Array): Uint8Array {
  const view = viewOf(page);
  view.setUint32(22, 0, true);
  let crc = 0;
  for (const byte of page) crc = (crc << 8) ^ (CRC_TABLE[((crc >>> 24) ^ byte) & 0xff] ?? 0);
  view.setUint32(22, crc >>> 0, true);
  return page;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
