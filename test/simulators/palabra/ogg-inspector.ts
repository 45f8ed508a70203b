const HEADER_BYTES = 27;
const FIRST_PAGE = 0x02;
const CONTINUED = 0x01;
const FRAME_SAMPLES = [
  ...[0, 1, 2].flatMap(() => [480, 960, 1920, 2880]), // SILK
  ...[0, 1].flatMap(() => [480, 960]), // hybrid
  ...[0, 1, 2, 3].flatMap(() => [120, 240, 480, 960]), // CELT
];

/**
 * Checks a live stream of Opus in Ogg by the letter of RFC 3533 and RFC 7845: what a strict reader may rely on, and one
 * thing more: each message holds whole pages, as a reader that gets no rest of a page hears no end of a sentence.
 */
export class OggInspector {
  readonly #violation: (what: string) => void;
  #serial: number | undefined;
  #sequence = 0;
  #granule = 0n;
  #packets = 0;

  constructor(violation: (what: string) => void) {
    this.#violation = violation;
  }

  inspect(message: Buffer): void {
    let at = 0;
    while (at < message.length) {
      const page = message.subarray(at);
      const length = pageLength(page);
      if (length === undefined) {
        this.#violation('ogg: a message that does not end with a page');
        return;
      }
      this.#inspectPage(page.subarray(0, length));
      at += length;
    }
  }

  #inspectPage(page: Buffer): void {
    const flags = page.readUInt8(5);
    if (page.readUInt8(4) !== 0) this.#violation('ogg: an unknown version');
    if (page.readUInt32LE(22) !== checksum(page)) this.#violation('ogg: a wrong checksum');
    const isFirst = this.#serial === undefined;
    if (isFirst !== ((flags & FIRST_PAGE) !== 0)) this.#violation('ogg: the mark of the first page in a wrong place');
    if ((flags & CONTINUED) !== 0) this.#violation('ogg: a packet that goes on in another page');
    this.#serial ??= page.readUInt32LE(14);
    if (page.readUInt32LE(14) !== this.#serial) this.#violation('ogg: another serial number');
    if (page.readUInt32LE(18) !== this.#sequence) this.#violation('ogg: a page is missing, by their numbers');
    this.#sequence += 1;
    const packets = packetsOf(page);
    for (const packet of packets) this.#inspectPacket(packet, packets.length);
    const granule = page.readBigInt64LE(6);
    if (granule !== this.#granule) this.#violation(`ogg: granule ${granule} instead of ${this.#granule}`);
  }

  #inspectPacket(packet: Buffer, onPage: number): void {
    this.#packets += 1;
    if (this.#packets === 1) {
      const isHead = packet.length === 19 && packet.toString('latin1', 0, 8) === 'OpusHead' && packet[8] === 1;
      if (!isHead || onPage > 1) this.#violation('ogg: the first page is no OpusHead');
      if (packet[18] !== 0 || (packet[9] !== 1 && packet[9] !== 2)) this.#violation('ogg: not mono or stereo');
    } else if (this.#packets === 2) {
      if (packet.toString('latin1', 0, 8) !== 'OpusTags' || onPage > 1) this.#violation('ogg: no OpusTags');
    } else this.#granule += BigInt(this.#samplesIn(packet));
  }

  #samplesIn(packet: Buffer): number {
    const [toc, count = 0] = packet;
    if (toc === undefined) {
      this.#violation('ogg: an empty packet');
      return 0;
    }
    const frames = [1, 2, 2, count & 0x3f][toc & 3] ?? 0;
    const samples = frames * (FRAME_SAMPLES[toc >> 3] ?? 0);
    if (samples === 0 || samples > 5_760) this.#violation('ogg: a packet of 0 or more than 120 ms');
    return samples;
  }
}

function pageLength(bytes: Buffer): number | undefined {
  if (bytes.length < HEADER_BYTES || bytes.toString('latin1', 0, 4) !== 'OggS') return undefined;
  const entries = bytes.readUInt8(26);
  const table = bytes.subarray(HEADER_BYTES, HEADER_BYTES + entries);
  const length = HEADER_BYTES + entries + table.reduce((sum, entry) => sum + entry, 0);
  return table.length === entries && bytes.length >= length ? length : undefined;
}

function packetsOf(page: Buffer): Buffer[] {
  const entries = page.readUInt8(26);
  const packets: Buffer[] = [];
  let from = HEADER_BYTES + entries;
  let at = from;
  for (const entry of page.subarray(HEADER_BYTES, HEADER_BYTES + entries)) {
    at += entry;
    if (entry === 255) continue;
    packets.push(page.subarray(from, at));
    from = at;
  }
  return packets;
}

/** RFC 3533: CRC-32 of the page with zeros in place of the checksum, highest bit first, nothing inverted. */
function checksum(page: Buffer): number {
  let crc = 0;
  for (const [i, byte] of page.entries()) {
    crc ^= (i >= 22 && i < 26 ? 0 : byte) << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000_0000 ? (crc << 1) ^ 0x04c1_1db7 : crc << 1;
  }
  return crc >>> 0;
}
