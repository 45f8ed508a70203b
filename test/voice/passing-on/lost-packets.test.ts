import opus from '@discordjs/opus';
import { describe, expect, it } from 'vitest';
import { lostPackets } from '../../../src/voice/passing-on/lost-packets.ts';

const madeFor = (toc: number, ms: number) =>
  lostPackets(Uint8Array.of(toc, 1, 2), ms).map(({ packet, lengthMs }) => [packet[0], lengthMs]);

describe('packets that stand for lost ones', () => {
  it.each([
    [
      '20 ms of music, stereo',
      0xfc,
      60,
      [
        [0xfc, 20],
        [0xfc, 20],
        [0xfc, 20],
      ],
    ],
    [
      'frames of 10 ms, of which more is lost',
      0xf0,
      30,
      [
        [0xf8, 20],
        [0xf0, 10],
      ],
    ],
    [
      'two frames in a packet',
      0xf9,
      40,
      [
        [0xf8, 20],
        [0xf8, 20],
      ],
    ],
    [
      '60 ms by SILK',
      0x18,
      80,
      [
        [0x18, 60],
        [0x08, 20],
      ],
    ],
    ['SILK, narrow band', 0x08, 20, [[0x08, 20]]],
    [
      'both coders',
      0x78,
      30,
      [
        [0x78, 20],
        [0x70, 10],
      ],
    ],
    ['less than the shortest frame', 0x08, 7, []],
    [
      'an uneven rest',
      0xf8,
      24,
      [
        [0xf8, 20],
        [0xe0, 2.5],
      ],
    ],
  ])('are of the same coder and as long as what was lost: %s', (_what, toc, ms, packets) => {
    expect(madeFor(toc, ms)).toEqual(packets);
  });

  it('are taken by libopus as what they are, whatever came before', () => {
    for (let config = 0; config < 32; config++) {
      const [lost] = lostPackets(Uint8Array.of(config << 3), 60);
      const made = new opus.OpusEncoder(48_000, 1).decode(Buffer.from(lost?.packet ?? []));
      expect(made.length / 2 / 48).toBe(lost?.lengthMs);
    }
  });
});
