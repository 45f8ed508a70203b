import type { Framing } from './recording.ts';

// ISO/IEC 11172-3 and 13818-3, layer III.
const KBIT_PER_S = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const RATES_HZ = [44_100, 48_000, 32_000];
const RATE_DIVIDERS: readonly (number | undefined)[] = [4, undefined, 2, 1]; // MPEG 2.5, reserved, MPEG 2, MPEG 1

/** MPEG audio, layer III. */
export const MP3: Framing = {
  format: 'mp3',
  name: 'MP3',
  headerBytes: 4,
  read(from, at = 0) {
    const second = from[at + 1] ?? 0;
    const third = from[at + 2] ?? 0;
    if (from[at] !== 0xff || (second & 0xe6) !== 0xe2) return undefined; // sync word, layer III
    const divider = RATE_DIVIDERS[(second >> 3) & 3];
    const rateHz = RATES_HZ[(third >> 2) & 3];
    const kbitPerS = KBIT_PER_S[divider === 1 ? 1 : 2][third >> 4];
    if (divider === undefined || rateHz === undefined || !kbitPerS) return undefined;
    const samples = divider === 1 ? 1152 : 576;
    const bytes = Math.floor(((samples / 8) * kbitPerS * 1000 * divider) / rateHz) + ((third >> 1) & 1);
    return { bytes, durationMs: (samples * divider * 1000) / rateHz };
  },
  silentFrame(header) {
    const [first = 0, second = 0, third = 0, fourth = 0] = header;
    // No checksum, no padding; side information of zeros says that no sample follows.
    const start = Uint8Array.of(first, second | 1, third & ~2, fourth);
    const frame = new Uint8Array(this.read(start)?.bytes ?? 0);
    if (frame.length < start.length) return undefined;
    frame.set(start);
    return frame;
  },
};
