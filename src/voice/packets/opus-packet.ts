const RTP_HZ = 48_000; // Opus timestamps count at this rate, whatever the coded bandwidth
const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);
const MAX_PACKET_MS = 120; // RFC 6716, section 3.2.5

/** How long a frame of each mode lasts: RFC 6716, table 2, where the mode also names coder and bandwidth. */
export const FRAME_MS: readonly number[] = [
  ...[0, 1, 2].flatMap(() => [10, 20, 40, 60]), // SILK
  ...[0, 1].flatMap(() => [10, 20]), // hybrid
  ...[0, 1, 2, 3].flatMap(() => [2.5, 5, 10, 20]), // CELT
];

/** Discord's frame of silence: five end each talk spurt, and people who only send video send it all the time. */
export function isSilence(opus: Buffer): boolean {
  return opus.length === SILENCE.length && opus.equals(SILENCE);
}

/** Discord's Cloudflare servers send packets without content: a zero, then at most one byte that is not zero. */
export function isNearEmpty(opus: Buffer): boolean {
  if (opus[0] !== 0) return opus.length === 0;
  let others = 0;
  for (const byte of opus) if (byte !== 0 && ++others > 1) return false;
  return true;
}

/** How much time the packet covers, by its first bytes; `undefined` when no Opus packet begins like this. */
export function durationOf(opus: Buffer): number | undefined {
  const toc = opus[0];
  if (toc === undefined) return undefined;
  const ms = framesIn(toc & 3, opus[1] ?? 0) * (FRAME_MS[toc >> 3] ?? 0);
  return ms > 0 && ms <= MAX_PACKET_MS ? ms : undefined;
}

/** RFC 6716, section 3.2: one frame, two, or as many as the second byte says. */
function framesIn(code: number, count: number): number {
  if (code === 0) return 1;
  return code === 3 ? count & 0x3f : 2;
}

/** Milliseconds as RTP timestamp units. */
export function rtpUnits(ms: number): number {
  return (ms * RTP_HZ) / 1000;
}
