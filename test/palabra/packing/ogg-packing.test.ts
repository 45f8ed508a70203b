import { describe, expect, it } from 'vitest';
import { OGG_GRAIN, OggPacking } from '../../../src/palabra/packing/ogg-packing.ts';
import { ChunkStore } from '../../../src/palabra/tape/chunks.ts';
import { Tape } from '../../../src/palabra/tape/tape.ts';
import { audioDecoder } from '../../simulators/palabra/index.ts';
import { encodeSpeech } from '../../simulators/speech/index.ts';

const RATE = 48_000;
const CHUNK = 15_360;

function tapeOf(packets: readonly { packet: Uint8Array | undefined; count: number }[]): Tape {
  const tape = new Tape(RATE, new ChunkStore(RATE, 10e6, undefined, { keepsSamples: false, grain: OGG_GRAIN }));
  for (const { packet, count } of packets) tape.appendCoded(count, tape.headMs, packet !== undefined, packet);
  return tape;
}

const speech = encodeSpeech('hello').map((packet) => ({ packet, count: 960 }));

/** Packs a whole tape in pieces. Returns what a strict service makes of it. */
async function heardOf(tape: Tape, piece = CHUNK, packing = new OggPacking(), begin = 0) {
  const heard = { samples: 0, violations: [] as string[], messages: 0, ends: [] as number[] };
  const decoder = audioDecoder(
    { format: 'ogg' },
    {
      samples: ({ length }) => {
        heard.samples += length;
      },
      violation: (what) => heard.violations.push(what),
      undecodable: (what) => heard.violations.push(what),
    },
    true,
  );
  for (let from = packing.beginOf(tape, begin); from < tape.head; heard.messages++) {
    const end = packing.endOf(tape, from, Math.min(piece, tape.head - from));
    expect(end).toBeGreaterThan(from);
    decoder.write(Buffer.from(packing.packAudio(tape, from, end)));
    heard.ends.push(end);
    from = end;
  }
  await new Promise((resolve) => setImmediate(resolve)); // the demuxer is a stream
  decoder.end();
  return heard;
}

/** A packet of these many frames of silence, each of 20 ms. */
const long = (frames: number) => ({
  packet: Uint8Array.of(0xfb, frames, ...Array(2 * frames).fill(0xff)),
  count: 960 * frames,
});

describe('packets that are passed on in Ogg', () => {
  it.each([
    ['speech', speech, CHUNK],
    ['speech in small pieces', speech, CHUNK / 4],
    [
      'speech between silences',
      [{ packet: undefined, count: 12_000 }, ...speech, { packet: undefined, count: 120 }, ...speech],
      CHUNK,
    ],
    ['packets of 120 ms', Array.from({ length: 20 }, () => long(6)), CHUNK / 4],
    [
      'the shortest frames',
      Array.from({ length: 400 }, () => ({ packet: Uint8Array.of(0xe0, 0xff, 0xfe), count: 120 })),
      CHUNK,
    ],
    ['what says that it was lost', [...speech, { packet: Uint8Array.of(0xf8), count: 960 }, ...speech], CHUNK],
    [
      'packets of 1,275 bytes',
      Array.from({ length: 60 }, () => ({ packet: new Uint8Array(1_276).fill(0xff, 1).fill(0xf8, 0, 1), count: 960 })),
      CHUNK,
    ],
    [
      'packets of 255 and 510 bytes',
      [255, 510].map((bytes) => ({ packet: new Uint8Array(bytes).fill(0xff, 1).fill(0xf8, 0, 1), count: 960 })),
      CHUNK,
    ],
  ])('become as much sound as the tape has: %s', async (_what, packets, piece) => {
    const tape = tapeOf(packets);
    const heard = await heardOf(tape, piece);
    expect(heard.violations).toEqual([]);
    expect(heard.samples).toBe(tape.head);
  });

  it('leave at once, in pieces that end where a packet ends', async () => {
    const tape = tapeOf([{ packet: undefined, count: 600 }, ...speech]);
    const heard = await heardOf(tape, CHUNK);
    const edges = heard.ends.slice(0, -1).map((end) => (end - 600) % 960);
    expect(new Set(edges)).toEqual(new Set([0]));
    expect(heard.messages).toBe(Math.ceil(tape.head / CHUNK));
  });

  it('begin anew with headers and another serial number on another socket, at the next whole packet', async () => {
    const tape = tapeOf(speech);
    const [first, second] = [new OggPacking(), new OggPacking()];
    expect(second.beginOf(tape, 961)).toBe(1_920);
    const messages = [first, second].map((packing) => Buffer.from(packing.packAudio(tape, 0, 960)));
    expect(messages.map((message) => message.includes('OpusHead') && message.includes('OpusTags'))).toEqual([
      true,
      true,
    ]);
    expect(messages[0]?.readUInt32LE(14)).not.toBe(messages[1]?.readUInt32LE(14));
    const heard = await heardOf(tape, CHUNK, new OggPacking(), 961);
    expect(heard).toMatchObject({ violations: [], samples: tape.head - 1_920 });
  });

  it('begin and end in silence at whole grains, so that no time is lost between the granules', async () => {
    const tape = tapeOf([{ packet: undefined, count: 2_400 }, ...speech, { packet: undefined, count: 2_400 }]);
    const packing = new OggPacking();
    const from = packing.beginOf(tape, 1_001);
    expect(from).toBe(1_080);
    expect(packing.endOf(tape, from, 1)).toBe(1_200);
    const heard = await heardOf(tape, 1_001, packing, 1_001);
    expect(heard).toMatchObject({ violations: [], samples: tape.head - 1_080 });
  });

  it('are followed by silence that keeps the socket', async () => {
    const packing = new OggPacking();
    const tape = tapeOf(speech);
    packing.packAudio(tape, 0, 960);
    const page = Buffer.from(packing.packSilence(CHUNK));
    expect(page.readBigInt64LE(6)).toBe(BigInt(960 + CHUNK));
    expect(page.subarray(-3)).toEqual(Buffer.of(0xf8, 0xff, 0xfe));
  });

  it('leave out the rest of a packet whose beginning was forgotten', async () => {
    const tape = tapeOf([{ packet: undefined, count: CHUNK - 480 }, ...speech]);
    tape.forgetOldest();
    const packing = new OggPacking();
    const from = packing.beginOf(tape, tape.tail);
    const end = packing.endOf(tape, from, 2_000);
    expect(packing.packAudio(tape, from, end).length).toBeGreaterThan(0);
    expect(end).toBe(CHUNK + 480 + 1_920);
  });
});
