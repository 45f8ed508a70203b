const RTP_VERSION = 2;
const OPUS_PAYLOAD_TYPE = 120; // Discord's number for voice; video and RTCP carry others
const FIXED_HEADER_BYTES = 12;
const EXTENSION_PREAMBLE_BYTES = 4;

/** The header of one voice packet. It travels in clear, so it is known before anything is decrypted. */
export interface RtpHeader {
  readonly ssrc: number; // 32 bits: whose stream, by the voice server's numbering
  readonly sequence: number; // 16 bits, wraps; one more for each packet sent
  readonly timestamp: number; // 32 bits, wraps; 48 000 a second
  readonly bytes: number; // the part that is authenticated but not encrypted: up to the extension's preamble
  readonly extensionBytes: number; // of the extension's body, which is the first thing in the encrypted part
  readonly padded: boolean; // the last decrypted byte says how many bytes at the end are padding
}

/** Reads the header of a voice packet; `undefined` for anything else: discovery, keep-alives, video, RTCP, garbage. */
export function parseRtp(datagram: Buffer): RtpHeader | undefined {
  if (datagram.length <= FIXED_HEADER_BYTES) return undefined;
  const first = datagram.readUInt8(0);
  if (first >> 6 !== RTP_VERSION || (datagram.readUInt8(1) & 0x7f) !== OPUS_PAYLOAD_TYPE) return undefined;
  const extensionAt = FIXED_HEADER_BYTES + 4 * (first & 0x0f); // behind up to 15 contributing sources
  const extended = (first & 0x10) !== 0;
  const bytes = extended ? extensionAt + EXTENSION_PREAMBLE_BYTES : extensionAt;
  if (datagram.length <= bytes) return undefined;
  return {
    ssrc: datagram.readUInt32BE(8),
    sequence: datagram.readUInt16BE(2),
    timestamp: datagram.readUInt32BE(4),
    bytes,
    extensionBytes: extended ? 4 * datagram.readUInt16BE(extensionAt + 2) : 0,
    padded: (first & 0x20) !== 0,
  };
}

/** The voice frame in a packet's decrypted part, which lies in the buffer; `undefined` when there is nothing in it. */
export function mediaOf(header: RtpHeader, buffer: Buffer, from: number, to: number): Buffer | undefined {
  const start = from + header.extensionBytes;
  const end = header.padded ? to - (buffer[to - 1] ?? 0) : to;
  return start < end ? buffer.subarray(start, end) : undefined;
}
