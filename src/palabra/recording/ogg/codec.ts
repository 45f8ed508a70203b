const OPUS_RATE_HZ = 48_000; // the rate of its granules, whatever rate was recorded
const MAX_PACKET_MS = 10_000; // FLAC's longest block at its lowest rate lasts eight seconds

/** The codec of an Ogg stream. */
export interface OggCodec {
  readonly name: 'opus' | 'vorbis' | 'speex' | 'flac';
  readonly rateHz: number; // the rate of its granules
  /** How long a packet plays, by its first bytes; missing: only granules say. @param number - its number, from 0 */
  readonly packetMs?: (packet: Uint8Array, number: number) => number;
}

/** The codec that a stream's first packet names. */
export function codecOf(packet: Uint8Array): OggCodec | undefined {
  const bytes = Buffer.from(packet.buffer, packet.byteOffset, packet.length);
  const text = bytes.toString('latin1', 0, 8);
  if (text === 'OpusHead') return { name: 'opus', rateHz: OPUS_RATE_HZ, packetMs: opusMs };
  if (text.startsWith('\x01vorbis') && bytes.length >= 16) return known('vorbis', bytes.readUInt32LE(12));
  if (text === 'Speex   ' && bytes.length >= 72) return speex(bytes);
  if (text.startsWith('\x7fFLAC') && bytes.length >= 30) {
    const rateHz = bytes.readUIntBE(27, 3) >> 4;
    return known('flac', rateHz, (packet) => bounded((flacSamples(packet) * 1000) / rateHz));
  }
  return undefined;
}

function known(
  name: OggCodec['name'],
  rateHz: number,
  packetMs?: (packet: Uint8Array, number: number) => number,
): OggCodec | undefined {
  return rateHz === 0 ? undefined : { name, rateHz, ...(packetMs && { packetMs }) };
}

function bounded(ms: number): number {
  return Math.min(ms, MAX_PACKET_MS);
}

/** RFC 6716, the first byte or two. */
function opusMs(packet: Uint8Array): number {
  const [toc, count = 0] = packet;
  if (toc === undefined || isOpusHeader(packet)) return 0;
  const config = toc >> 3;
  const usual = config < 12 ? [10, 20, 40, 60] : config < 16 ? [10, 20, 10, 20] : [2.5, 5, 10, 20];
  const frames = [1, 2, 2, count & 0x3f][toc & 3] ?? 1;
  return Math.min(120, (usual[config & 3] ?? 20) * frames);
}

function isOpusHeader(packet: Uint8Array): boolean {
  if (packet[0] !== 0x4f || packet[1] !== 0x70) return false; // "Op": rules out nearly all speech at once
  const name = Buffer.from(packet.subarray(0, 8)).toString('latin1');
  return name === 'OpusHead' || name === 'OpusTags';
}

/** Speex states in its header how much each packet holds. The first packets are headers. */
function speex(header: Buffer): OggCodec | undefined {
  const rateHz = header.readUInt32LE(36);
  const samples = header.readUInt32LE(56) * Math.max(1, header.readUInt32LE(64));
  const headers = 2 + header.readUInt32LE(68);
  return known('speex', rateHz, (_packet, number) => (number < headers ? 0 : bounded((samples * 1000) / rateHz)));
}

/** RFC 9639, the header of a frame; 0 for a packet that is no frame. */
function flacSamples(packet: Uint8Array): number {
  const [sync = 0, second = 0, sizes = 0, , number = 0] = packet;
  if (sync !== 0xff || (second & 0xfe) !== 0xf8) return 0;
  const code = sizes >> 4;
  if (code === 0) return 0;
  if (code === 1) return 192;
  if (code < 6) return 576 << (code - 2);
  if (code >= 8) return 256 << (code - 8);
  const at = 4 + Math.max(1, Math.clz32(~(number << 24))); // behind a number written as in UTF-8
  const [high = 0, low = 0] = packet.subarray(at, at + 2);
  return code === 6 ? high + 1 : high * 256 + low + 1;
}
