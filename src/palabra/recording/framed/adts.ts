import type { Framing } from './recording.ts';

// ISO/IEC 13818-7.
const RATES_HZ = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];
const LOW_COMPLEXITY = 1;
const HEADER_BYTES = 7;
const SINGLE_CHANNEL = '000' + '0000'; // element, its number
const CHANNEL_PAIR = '001' + '0000' + '0'; // ... and no common window
// Gain, no reserved bit, one long window of the first shape; no bands, prediction, pulses, shaping or gain control.
const EMPTY_CHANNEL = '00000000' + '0' + '00' + '0' + '000000' + '0' + '0' + '0' + '0';
const END = '111';

/** AAC in ADTS frames, as `.aac` files hold it. */
export const ADTS: Framing = {
  format: 'aac',
  name: 'AAC (ADTS)',
  headerBytes: HEADER_BYTES,
  read(from, at = 0) {
    if (from[at] !== 0xff || ((from[at + 1] ?? 0) & 0xf6) !== 0xf0) return undefined; // sync word, layer 0
    const [b2 = 0, b3 = 0, b4 = 0, b5 = 0, b6 = 0] = from.subarray(at + 2, at + HEADER_BYTES);
    const rateHz = RATES_HZ[(b2 >> 2) & 15];
    const bytes = ((b3 & 3) << 11) | (b4 << 3) | (b5 >> 5);
    if (rateHz === undefined || bytes < HEADER_BYTES) return undefined;
    return { bytes, durationMs: (1024 * ((b6 & 3) + 1) * 1000) / rateHz };
  },
  silentFrame(header) {
    const [b0 = 0, b1 = 0, b2 = 0, b3 = 0] = header;
    const channels = ((b2 & 1) << 2) | (b3 >> 6);
    if (b2 >> 6 !== LOW_COMPLEXITY || (channels !== 1 && channels !== 2)) return undefined;
    const bits = channels === 1 ? SINGLE_CHANNEL + EMPTY_CHANNEL : CHANNEL_PAIR + EMPTY_CHANNEL + EMPTY_CHANNEL;
    const body = bytesOf(bits + END);
    const length = HEADER_BYTES + body.length;
    // No checksum, so the header has seven bytes; the buffer fullness of variable rate; one block.
    const start = [
      b0,
      b1 | 1,
      b2,
      (b3 & 0xfc) | (length >> 11),
      (length >> 3) & 0xff,
      ((length & 7) << 5) | 0x1f,
      0xfc,
    ];
    return Uint8Array.of(...start, ...body);
  },
};

function bytesOf(bits: string): number[] {
  const octets = bits.match(/.{1,8}/gu) ?? [];
  return octets.map((octet) => Number.parseInt(octet.padEnd(8, '0'), 2));
}
