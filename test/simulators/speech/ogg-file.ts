const SERIAL_NUMBER = 1;
const FRAME_SAMPLES = 960; // of 48 kHz, in 20 ms
const PRE_SKIP_SAMPLES = 312; // the encoder's delay
const PACKETS_PER_PAGE = 25;

const OPUS_TAGS = Buffer.from('OpusTags\x04\0\0\0test\0\0\0\0', 'latin1');

/** Opus packets of 20 ms as an Ogg file, like Discord's voice messages (RFC 7845). */
export function oggFile(packets: readonly Buffer[], channels: 1 | 2 = 1): Buffer {
  const pages = [page([opusHead(channels)], 0, 0, BEGINS), page([OPUS_TAGS], 0, 1, 0)];
  for (let at = 0; at < packets.length; at += PACKETS_PER_PAGE) {
    const some = packets.slice(at, at + PACKETS_PER_PAGE);
    const isLast = at + PACKETS_PER_PAGE >= packets.length;
    pages.push(page(some, (at + some.length) * FRAME_SAMPLES, pages.length, isLast ? ENDS : 0));
  }
  return Buffer.concat(pages);
}

const BEGINS = 2;
const ENDS = 4;

export function opusHead(channels: 1 | 2): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead', 0, 'latin1');
  head.writeUInt8(1, 8);
  head.writeUInt8(channels, 9);
  head.writeUInt16LE(PRE_SKIP_SAMPLES, 10);
  head.writeUInt32LE(48_000, 12);
  return head;
}

function page(packets: readonly Buffer[], position: number, sequence: number, flags: number): Buffer {
  // A packet is laced into segments of 255 bytes; a shorter one, be it empty, ends it.
  const lacing = packets.flatMap(({ length }) => [...Array<number>(Math.floor(length / 255)).fill(255), length % 255]);
  const header = Buffer.alloc(27);
  header.write('OggS', 0, 'latin1');
  header.writeUInt8(flags, 5);
  header.writeBigUInt64LE(BigInt(position), 6);
  header.writeUInt32LE(SERIAL_NUMBER, 14);
  header.writeUInt32LE(sequence, 18);
  header.writeUInt8(lacing.length, 26);
  const bytes = Buffer.concat([header, Buffer.from(lacing), ...packets]);
  bytes.writeUInt32LE(oggChecksum(bytes), 22);
  return bytes;
}

/** CRC-32 with polynomial 0x04c11db7, not reflected, beginning at 0. */
function oggChecksum(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000_0000 ? (crc << 1) ^ 0x04c1_1db7 : crc << 1;
  }
  return crc >>> 0;
}
