import { describe, expect, it } from 'vitest';
import type { RtpHeader } from '../../src/voice/packets/rtp.ts';
import { SsrcMap } from '../../src/voice/packets/ssrc-map.ts';
import { WaitingPackets } from '../../src/voice/packets/waiting-packets.ts';

describe('whose stream it is', () => {
  it('remembers no more people than fit into any channel: the oldest go', () => {
    const map = new SsrcMap();
    for (let i = 1; i <= 10_001; i++) map.learn(i, `${i}`);
    expect([map.whose(1), map.whose(2), map.whose(10_001)]).toEqual([undefined, '2', '10001']);
  });

  it('is known from a message on', () => {
    const map = new SsrcMap();
    expect(map.learn(1, 'ana')).toBe(true);
    expect(map.whose(1)).toBe('ana');
    expect(map.learn(1, 'ana')).toBe(false);
  });

  it('changes when a person gets another number', () => {
    const map = new SsrcMap();
    map.learn(1, 'ana');
    map.learn(2, 'ana');
    expect([map.whose(1), map.whose(2)]).toEqual([undefined, 'ana']);
  });

  it('changes when a number goes to another person', () => {
    const map = new SsrcMap();
    map.learn(1, 'ana');
    map.learn(1, 'ben');
    map.forget('ana');
    expect(map.whose(1)).toBe('ben');
  });

  it('is forgotten when the person leaves', () => {
    const map = new SsrcMap();
    map.learn(1, 'ana');
    map.forget('ana');
    expect(map.whose(1)).toBeUndefined();
  });

  it('is not known from the number zero, which means that the person sends no audio', () => {
    const map = new SsrcMap();
    map.learn(1, 'ana');
    map.learn(0, 'ana');
    expect([map.whose(0), map.whose(1)]).toEqual([undefined, 'ana']);
  });
});

describe('packets of a stream whose speaker is not named', () => {
  const received = (ssrc: number, arrivedMs: number) => {
    const header: RtpHeader = {
      start: 0,
      end: 0,
      ssrc,
      sequence: 0,
      timestamp: 0,
      bytes: 12,
      extensionBytes: 0,
      padded: false,
    };
    return { buffer: Buffer.alloc(0), header, arrivedMs };
  };

  it('are kept in order for a second', () => {
    const waiting = new WaitingPackets();
    for (const ms of [0, 500, 1_000]) waiting.hold(received(7, ms));
    expect(waiting.claim(7, 1_400).map(({ arrivedMs }) => arrivedMs)).toEqual([500, 1_000]);
    expect(waiting.claim(7, 1_400)).toEqual([]);
  });

  it('are bounded in number, the newest staying', () => {
    const waiting = new WaitingPackets();
    for (let i = 0; i < 1_000; i++) waiting.hold(received(7, i / 10));
    const kept = waiting.claim(7, 100);
    expect(kept.length + waiting.dropped).toBe(1_000);
    expect(kept.length).toBeLessThan(100);
    expect(kept.at(-1)?.arrivedMs).toBe(99.9);
  });

  it('are bounded in the number of streams', () => {
    const waiting = new WaitingPackets();
    for (let ssrc = 0; ssrc < 10_000; ssrc++) waiting.hold(received(ssrc, 0));
    expect(waiting.dropped).toBeGreaterThan(9_000);
    expect(waiting.claim(9_999, 0)).toHaveLength(1);
  });
});
