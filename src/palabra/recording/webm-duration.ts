const ID = {
  segment: 0x18538067,
  info: 0x1549a966,
  scale: 0x2ad7b1,
  cluster: 0x1f43b675,
  time: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
} as const;
const CONTAINERS: readonly number[] = [ID.segment, ID.info, ID.cluster, ID.blockGroup];
const NS_PER_MS = 1_000_000;
const MAX_NUMBER_BYTES = 8;
const MAX_ELEMENTS = 1_000_000; // four times as many as ten minutes of the shortest Opus packets

/**
 * How long a WebM file plays, by the times of its blocks; `undefined` without blocks.
 *
 * Browsers record without knowing the end, so their files do not state a duration.
 */
export function webmDurationMs(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let tickNs: number = NS_PER_MS;
  let clusterTicks = 0;
  let lastTicks: number | undefined;
  let elements = 0;
  for (let at = 0; at < bytes.length; ) {
    elements += 1;
    if (elements > MAX_ELEMENTS) return undefined;
    const id = readNumber(view, at, true);
    const size = id && readNumber(view, at + id.length, false);
    if (!id || !size) break;
    at += id.length + size.length;
    // Reads a container's contents as if they followed it: its end does not matter, and is often not stated.
    if (CONTAINERS.includes(id.value)) continue;
    const end = at + size.value;
    if (end > bytes.length) break; // cut off
    if (size.value <= MAX_NUMBER_BYTES) {
      if (id.value === ID.scale) tickNs = unsigned(bytes.subarray(at, end));
      if (id.value === ID.time) clusterTicks = unsigned(bytes.subarray(at, end));
    }
    if (id.value === ID.simpleBlock || id.value === ID.block) {
      const track = readNumber(view, at, false);
      if (!track || at + track.length + 2 > end) break;
      lastTicks = Math.max(lastTicks ?? 0, clusterTicks + view.getInt16(at + track.length));
    }
    at = end;
  }
  return lastTicks === undefined ? undefined : (lastTicks * tickNs) / NS_PER_MS;
}

/** A number whose leading zero bits give its length; ids keep their marker bit. */
function readNumber(view: DataView, at: number, keepsMarker: boolean): { value: number; length: number } | undefined {
  if (at >= view.byteLength) return undefined;
  const first = view.getUint8(at);
  const length = Math.clz32(first) - 23;
  if (length > 8 || at + length > view.byteLength) return undefined;
  let value = keepsMarker ? first : first & (0xff >> length);
  for (let i = 1; i < length; i++) value = value * 256 + view.getUint8(at + i);
  return { value, length };
}

function unsigned(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}
