import { describe, expect, it } from 'vitest';
import { type Received, WaitingPackets } from '../../../src/voice/packets/waiting-packets.ts';

function packet(ssrc: number, arrivedMs: number): Received {
  const buffer = Buffer.alloc(1);
  const header = { start: 0, end: 1, ssrc, sequence: 0, timestamp: 0, bytes: 12, extensionBytes: 0, padded: false };
  return { buffer, header, arrivedMs };
}

/** Holds these packets. Returns when those arrived that are still held when their speaker is named. */
function claimed(packets: readonly Received[], ssrc: number, nowMs: number) {
  const waiting = new WaitingPackets();
  for (const one of packets) waiting.hold(one);
  return { waiting, times: waiting.claim(ssrc, nowMs).map(({ arrivedMs }) => arrivedMs) };
}

describe('packets of streams whose speaker is not named', () => {
  it('are kept in order for each stream', () => {
    const { waiting, times } = claimed([packet(1, 0), packet(2, 10), packet(1, 20)], 1, 100);
    expect(times).toEqual([0, 20]);
    expect(waiting.claim(2, 100)).toHaveLength(1);
  });

  it('are claimed only once', () => {
    const { waiting } = claimed([packet(1, 0)], 1, 100);
    expect(waiting.claim(1, 100)).toEqual([]);
  });

  it('are none for a stream without packets', () => {
    expect(claimed([], 1, 100).times).toEqual([]);
  });

  it('are kept for one second', () => {
    expect(claimed([packet(1, 0), packet(1, 1), packet(1, 2)], 1, 1_001).times).toEqual([1, 2]);
  });

  it('are dropped when a later packet comes more than a second after them', () => {
    const { waiting, times } = claimed([packet(1, 0), packet(1, 1), packet(1, 1_001)], 1, 1_001);
    expect(times).toEqual([1, 1_001]);
    expect(waiting.dropped).toBe(1);
  });

  it('are kept up to the newest 64 of a stream', () => {
    const packets = Array.from({ length: 66 }, (_, index) => packet(1, index));
    const { waiting, times } = claimed(packets, 1, 66);
    expect([times.length, times[0], waiting.dropped]).toEqual([64, 2, 2]);
  });

  it('are kept for 128 streams: the oldest stream gives way', () => {
    const packets = Array.from({ length: 128 }, (_, index) => packet(index, 0));
    const { waiting } = claimed([packet(0, 0), ...packets], 1_000, 0);
    waiting.hold(packet(5, 1)); // of a stream that has packets already
    expect([waiting.dropped, waiting.oldest(0)?.arrivedMs]).toEqual([0, 0]);
    waiting.hold(packet(500, 1));
    expect([waiting.dropped, waiting.oldest(0), waiting.oldest(1)?.arrivedMs]).toEqual([2, undefined, 0]);
    expect(waiting.oldest(500)?.arrivedMs).toBe(1);
  });

  it('are forgotten all at once', () => {
    const { waiting } = claimed([packet(1, 0), packet(2, 0)], 3, 0);
    waiting.clear();
    expect([waiting.oldest(1), waiting.oldest(2)]).toEqual([undefined, undefined]);
  });
});
