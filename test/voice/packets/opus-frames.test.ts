import opus from '@discordjs/opus';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFrames, noFrames } from '../../../src/voice/packets/opus-frames.ts';
import { durationOf } from '../../../src/voice/packets/opus-packet.ts';

const bytes = (count: number) => Array<number>(count).fill(7);

function spansOf(packet: Uint8Array): (readonly [number, number])[] | undefined {
  const frames = noFrames();
  if (!findFrames(packet, frames)) return undefined;
  return Array.from(
    { length: frames.count },
    (_, i) => [frames.spans[2 * i] ?? 0, frames.spans[2 * i + 1] ?? 0] as const,
  );
}

/** Whether libopus takes it. */
function isDecoded(packet: Uint8Array): boolean {
  try {
    new opus.OpusEncoder(48_000, 1).decode(Buffer.from(packet));
    return true;
  } catch {
    return false;
  }
}

describe('the frames of an Opus packet', () => {
  it.each([
    ['one', [0xf8, ...bytes(3)], [[1, 4]]],
    ['one without content', [0xf8], [[1, 1]]],
    [
      'two of one length',
      [0xf9, ...bytes(4)],
      [
        [1, 3],
        [3, 5],
      ],
    ],
    ['two of one length that do not share the bytes', [0xf9, ...bytes(3)], undefined],
    [
      'two of two lengths',
      [0xfa, 1, ...bytes(4)],
      [
        [2, 3],
        [3, 6],
      ],
    ],
    [
      'two, the first of 256 bytes',
      [0xfa, 252, 1, ...bytes(258)],
      [
        [3, 259],
        [259, 261],
      ],
    ],
    ['two, the first longer than the packet', [0xfa, 9, ...bytes(4)], undefined],
    [
      'three of one length',
      [0xfb, 3, ...bytes(6)],
      [
        [2, 4],
        [4, 6],
        [6, 8],
      ],
    ],
    [
      'three of their own lengths',
      [0xfb, 0x83, 1, 2, ...bytes(6)],
      [
        [4, 5],
        [5, 7],
        [7, 10],
      ],
    ],
    ['one of its own length', [0xfb, 0x81, ...bytes(6)], [[2, 8]]],
    [
      'two, with padding',
      [0xfb, 0x42, 3, ...bytes(4), 0, 0, 0],
      [
        [3, 5],
        [5, 7],
      ],
    ],
    ['more padding than there is', [0xfb, 0x41, 200, ...bytes(4)], undefined],
    ['none', [0xfb, 0], undefined],
    ['49', [0xe3, 49, ...bytes(49)], undefined],
    ['more of them than there are bytes', [0xfb, 2, 1], undefined],
    ['no packet', [], undefined],
    ['a frame of 1,276 bytes', [0xf8, ...bytes(1_276)], undefined],
  ])('%s', (_what, packet, spans) => {
    expect(spansOf(Uint8Array.from(packet))).toEqual(spans);
  });

  it('are found exactly where libopus finds them: what it takes is taken, and what it refuses is refused', () => {
    const toc = fc.integer({ min: 0, max: 255 });
    const rest = fc.uint8Array({ maxLength: 400 });
    const small = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 12 }).map((some) => Uint8Array.from(some));
    fc.assert(
      fc.property(toc, fc.integer({ min: 0, max: 255 }), small, rest, (first, second, sizes, body) => {
        const packet = Buffer.from([first, second, ...sizes, ...body]);
        const isTaken = spansOf(packet) !== undefined && durationOf(packet) !== undefined;
        expect(isTaken).toBe(isDecoded(packet));
      }),
      { numRuns: 2_000 },
    );
  });
});
