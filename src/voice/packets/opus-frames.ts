const MAX_FRAMES = 48; // RFC 6716, 3.2.5: 120 ms of the shortest frames
const MAX_FRAME_BYTES = 1_275;

/** Where the frames of a packet lie: `spans[2 i]` is the first byte of frame i, `spans[2 i + 1]` the one after its last. */
export interface OpusFrames {
  readonly spans: Uint16Array;
  count: number;
}

export function noFrames(): OpusFrames {
  return { spans: new Uint16Array(2 * MAX_FRAMES), count: 0 };
}

/**
 * Finds the frames of a packet. Returns false for what no Opus packet looks like (RFC 6716, 3.4): a decoder takes every
 * other packet, whatever its bits are.
 */
export function findFrames(packet: Uint8Array, frames: OpusFrames): boolean {
  frames.count = 0;
  const [toc, second = 0] = packet;
  if (toc === undefined) return false;
  switch (toc & 3) {
    case 0:
      return place(frames, 1, packet.length - 1, 1);
    case 1:
      return place(frames, 1, packet.length - 1, 2);
    case 2: {
      const { bytes, taken } = sizeAt(packet, 1);
      const second = 1 + taken + bytes;
      return place(frames, 1 + taken, bytes, 1) && place(frames, second, packet.length - second, 1);
    }
    default:
      return packet.length > 1 && findMany(packet, second, frames);
  }
}

/** Code 3: as many frames as its second byte says, of one length or each of its own, and perhaps padding. */
function findMany(packet: Uint8Array, second: number, frames: OpusFrames): boolean {
  const count = second & 0x3f;
  let at = 2;
  let end = packet.length;
  if ((second & 0x40) !== 0) {
    for (let more = 255; more === 255; ) {
      const byte = packet[at++];
      if (byte === undefined) return false;
      more = byte;
      end -= byte === 255 ? 254 : byte;
    }
  }
  if (count === 0 || count > MAX_FRAMES || end < at) return false;
  if ((second & 0x80) === 0) return place(frames, at, end - at, count);
  let from = at; // of the first frame: the lengths of all but the last come before it
  for (let i = 1; i < count; i++) from += sizeAt(packet, from).taken;
  for (let i = 1; i < count; i++) {
    const { bytes, taken } = sizeAt(packet, at);
    if (!place(frames, from, bytes, 1)) return false;
    at += taken;
    from += bytes;
  }
  return place(frames, from, end - from, 1);
}

/** Adds `count` frames of one length, which share these bytes. Whether they end in the packet, the last one shows. */
function place(frames: OpusFrames, from: number, bytes: number, count: number): boolean {
  const each = bytes / count;
  if (!Number.isInteger(each) || each < 0 || each > MAX_FRAME_BYTES) return false;
  for (let i = 0; i < count; i++) {
    frames.spans[2 * frames.count] = from + i * each;
    frames.spans[2 * frames.count + 1] = from + (i + 1) * each;
    frames.count += 1;
  }
  return true;
}

/** RFC 6716, 3.2.1: a length in one byte or two. */
function sizeAt(packet: Uint8Array, at: number): { readonly bytes: number; readonly taken: number } {
  const first = packet[at] ?? MAX_FRAME_BYTES + 1; // beyond the packet: too long for any frame
  if (first < 252 || first > 255) return { bytes: first, taken: 1 };
  return { bytes: first + 4 * (packet[at + 1] ?? MAX_FRAME_BYTES), taken: 2 };
}
