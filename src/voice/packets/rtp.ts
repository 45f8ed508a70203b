const RTP_VERSION = 2;
const OPUS_PAYLOAD_TYPE = 120; // Discord's number for voice; video and RTCP carry others
const FIXED_HEADER_BYTES = 12;
const EXTENSION_PREAMBLE_BYTES = 4;

/** Where a datagram lies in its buffer, and the header of the voice packet in it, which is not encrypted. */
export interface RtpHeader {
  readonly start: number; // of the datagram, among the buffer's bytes
  readonly end: number;
  readonly ssrc: number; // 32 bits: the voice server's number of the stream
  readonly sequence: number; // 16 bits, wraps; one more for each packet sent
  readonly timestamp: number; // 32 bits, wraps; 48 000 a second
  readonly bytes: number; // the part that is authenticated but not encrypted: up to the extension's preamble
  readonly extensionBytes: number; // of the extension's body, which is the first thing in the encrypted part
  readonly padded: boolean; // the last decrypted byte says how many bytes at the end are padding
}

/**
 * Reads the header of a voice packet; `undefined` for anything else: discovery, keep-alives, video, RTCP, garbage.
 *
 * @param buffer - holds the datagram from `start` to `end`, among others: a view of each would cost more than this read
 */
export function parseRtp(buffer: Buffer, start = 0, end = buffer.length): RtpHeader | undefined {
  if (end - start <= FIXED_HEADER_BYTES) return undefined;
  const first = buffer.readUInt8(start);
  if (first >> 6 !== RTP_VERSION || (buffer.readUInt8(start + 1) & 0x7f) !== OPUS_PAYLOAD_TYPE) return undefined;
  const extensionAt = FIXED_HEADER_BYTES + 4 * (first & 0x0f); // behind up to 15 contributing sources
  const extended = (first & 0x10) !== 0;
  const bytes = extended ? extensionAt + EXTENSION_PREAMBLE_BYTES : extensionAt;
  if (end - start <= bytes) return undefined;
  return {
    start,
    end,
    ssrc: buffer.readUInt32BE(start + 8),
    sequence: buffer.readUInt16BE(start + 2),
    timestamp: buffer.readUInt32BE(start + 4),
    bytes,
    extensionBytes: extended ? 4 * buffer.readUInt16BE(start + extensionAt + 2) : 0,
    padded: (first & 0x20) !== 0,
  };
}

/** The voice frame in a packet's decrypted part, which is at `from` to `to` of the buffer; `undefined` when empty. */
export function mediaOf(header: RtpHeader, buffer: Buffer, from: number, to: number): Buffer | undefined {
  const start = from + header.extensionBytes;
  const end = header.padded ? to - (buffer[to - 1] ?? 0) : to;
  return start < end ? buffer.subarray(start, end) : undefined;
}
