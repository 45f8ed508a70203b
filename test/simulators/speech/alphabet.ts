/**
 * How simulated speech sounds: three tones at a time.
 *
 * A byte of UTF-8 lasts 60 ms (16.7 bytes a second, the pace of natural speech, and exactly three Opus frames). Two tones
 * carry its halves; the third one, the pilot, changes every 20 ms and counts frames, so that audio which was removed,
 * doubled or swapped is noticed even inside a byte. Everything lies under 4 kHz: G.711 at 8 kHz can carry it. Every
 * frequency is a multiple of 50 Hz: it completes whole periods in a frame, and no ramps are needed between tones.
 */
export const FRAME_MS = 20;
export const FRAMES_PER_BYTE = 3;
export const BYTE_MS = FRAME_MS * FRAMES_PER_BYTE;

/** Of a byte's upper and lower half: 400 to 1,150 Hz and 1,250 to 2,000 Hz. */
export const UPPER_HALF_HZ: readonly number[] = Array.from({ length: 16 }, (_, half) => 400 + 50 * half);
export const LOWER_HALF_HZ: readonly number[] = Array.from({ length: 16 }, (_, half) => 1250 + 50 * half);

/** A multiple of 3, so that it tells where a byte begins; not 16, which is the 320 ms chunk clients send. */
export const PILOTS = 15;

/** Pilot `i` sounds in frame `i` modulo 15; neighbours in time are 400 Hz apart, so that their edge can be told. */
export const PILOT_HZ: readonly number[] = Array.from({ length: PILOTS }, (_, i) => 2150 + 100 * ((i * 4) % PILOTS));

/** Each of the three tones, as a part of full scale: together -12 dBFS, never above 0.6. */
export const TONE_AMPLITUDE = 0.2;

/** An utterance is START, the text, END, and the checksum of the text. */
export const START_BYTE = 0x02;
export const END_BYTE = 0x03;

/** CRC-8 (polynomial 0x07), which knows order as well as content. */
export function checksum(bytes: Iterable<number>): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
  }
  return crc;
}
