import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JitterBuffer, type Numbered } from '../../../src/voice/packets/jitter-buffer.ts';

interface Sent extends Numbered {
  readonly index: number; // what was sent first has 0
}

const sent = (index: number, arrivedMs: number, first = 0): Sent => ({
  index,
  sequence: (first + index) & 0xffff,
  arrivedMs,
});

/** Pushes the packets as they arrive and takes what is due every 20 ms, as the room does. */
function play(arrivals: readonly Sent[], mayPass = true): { index: number; missingBefore: number; atMs: number }[] {
  const buffer = new JitterBuffer<Sent>();
  const out: { index: number; missingBefore: number; atMs: number }[] = [];
  const take = (atMs: number) => {
    for (const { packet, missingBefore } of buffer.take(atMs)) out.push({ index: packet.index, missingBefore, atMs });
  };
  let tickMs = 0;
  for (const packet of arrivals.toSorted((a, b) => a.arrivedMs - b.arrivedMs)) {
    for (; tickMs < packet.arrivedMs; tickMs += 20) take(tickMs);
    if (mayPass && buffer.passes(packet)) {
      out.push({ index: packet.index, missingBefore: 0, atMs: packet.arrivedMs });
      continue;
    }
    buffer.push(packet);
    take(packet.arrivedMs);
  }
  for (; buffer.waiting; tickMs += 20) take(tickMs);
  return out;
}

describe('a jitter buffer', () => {
  it('gives back what was sent, in order, whatever the network does within 60 ms', () => {
    const packet = fc.record({ delayMs: fc.integer({ min: 0, max: 59 }), copies: fc.integer({ min: 1, max: 3 }) });
    const first = fc.integer({ min: 0, max: 65_535 });
    fc.assert(
      fc.property(fc.array(packet, { minLength: 1, maxLength: 80 }), first, (packets, first) => {
        const arrivals = packets.flatMap(({ delayMs, copies }, index) =>
          Array.from({ length: copies }, (_, copy) => sent(index, index * 20 + delayMs + 7 * copy, first)),
        );
        const out = play(arrivals);
        expect(out.map(({ index }) => index)).toEqual(packets.map((_, index) => index));
        expect(out.every(({ missingBefore }) => missingBefore === 0)).toBe(true);
      }),
    );
  });

  it('lets a packet pass exactly when it would have released it at once', () => {
    const packet = fc.record({ delayMs: fc.integer({ min: 0, max: 250 }), copies: fc.integer({ min: 0, max: 2 }) });
    const jump = fc.record({ at: fc.nat(80), by: fc.constantFrom(0, 0, 1, 500, 40_000) });
    fc.assert(
      fc.property(fc.array(packet, { minLength: 1, maxLength: 80 }), fc.nat(65_535), jump, (packets, first, jump) => {
        const arrivals = packets.flatMap(({ delayMs, copies }, index) =>
          Array.from({ length: copies }, (_, copy) =>
            sent(index, index * 20 + delayMs + 7 * copy, index < jump.at ? first : first + jump.by),
          ),
        );
        expect(play(arrivals)).toEqual(play(arrivals, false));
      }),
    );
  });

  it('counts exactly what is missing between two packets', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 2, maxLength: 80 }), fc.nat(65_535), (lost, first) => {
        const kept = lost.flatMap((isLost, index) => (isLost ? [] : [index]));
        const out = play(kept.map((index) => sent(index, index * 20, first)));
        expect(out.map(({ index }) => index)).toEqual(kept);
        const gaps = kept.map((index, i) => (i === 0 ? 0 : index - (kept[i - 1] ?? 0) - 1));
        expect(out.map(({ missingBefore }) => missingBefore)).toEqual(gaps);
      }),
    );
  });

  it('releases at once what is in order', () => {
    const out = play([0, 1, 2, 3, 4, 5].map((index) => sent(index, index * 20)));
    expect(out.slice(-2).map(({ atMs }) => atMs)).toEqual([80, 100]);
  });

  it('holds the first packets of a stream for 60 ms, as one sent earlier may still come', () => {
    const out = play([sent(1, 20), sent(0, 55), sent(2, 60)]);
    expect(out.map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  it('waits 60 ms behind a hole and no longer', () => {
    const out = play([0, 1, 2, 3, 5, 6, 7, 8, 9, 10].map((index) => sent(index, index * 20)));
    expect(out.find(({ index }) => index === 5)).toEqual({ index: 5, missingBefore: 1, atMs: 160 });
  });

  it('learns to wait longer from packets that come too late, up to 200 ms', () => {
    const buffer = new JitterBuffer<Sent>();
    buffer.push(sent(0, 0));
    buffer.take(60);
    buffer.push(sent(2, 100));
    buffer.take(160);
    expect(buffer.push(sent(1, 210))).toBe('late');
    expect(buffer.patienceMs).toBe(130);
    buffer.push(sent(4, 300));
    buffer.take(430);
    expect(buffer.push(sent(3, 900))).toBe('late');
    expect(buffer.patienceMs).toBe(200);
  });

  it('calms down again while packets come in order', () => {
    const buffer = new JitterBuffer<Sent>();
    buffer.push(sent(0, 0));
    buffer.take(60);
    buffer.push(sent(2, 100));
    buffer.take(160);
    buffer.push(sent(1, 260));
    for (let index = 3; index < 10_000; index++) {
      buffer.push(sent(index, 300 + index * 20));
      buffer.take(300 + index * 20);
    }
    expect(buffer.patienceMs).toBe(60);
  });

  it('drops copies of what was released', () => {
    const buffer = new JitterBuffer<Sent>();
    buffer.push(sent(0, 0));
    buffer.push(sent(1, 20));
    expect(buffer.push(sent(1, 21))).toBe('duplicate');
    buffer.take(60);
    expect(buffer.push(sent(0, 61))).toBe('duplicate');
    expect(buffer.take(1_000)).toEqual([]);
  });

  it('lets a packet pass whose turn it is, and no other', () => {
    const buffer = new JitterBuffer<Sent>();
    expect(buffer.passes(sent(0, 0))).toBe(false); // one sent earlier may still come
    buffer.push(sent(0, 0));
    expect(buffer.passes(sent(1, 20))).toBe(false); // something waits
    buffer.take(60);
    expect(buffer.passes(sent(1, 70))).toBe(true);
    expect(buffer.passes(sent(3, 80))).toBe(false);
    expect(buffer.passes(sent(2, 90))).toBe(true);
  });

  it('releases each packet of a long talk at once, also where none may pass', () => {
    const buffer = new JitterBuffer<Sent>();
    buffer.push(sent(0, 0));
    buffer.take(60);
    for (let index = 1; index < 70_000; index += 1) {
      buffer.push(sent(index, 60));
      const released = buffer.take(60).map(({ packet }) => packet.index);
      if (released.length !== 1 || released[0] !== index) expect(released).toEqual([index]);
    }
  });

  it('waits behind a hole for no more than 64 packets', () => {
    const buffer = new JitterBuffer<Sent>();
    buffer.push(sent(0, 0));
    buffer.take(60);
    for (let index = 2; index < 65; index += 1) buffer.push(sent(index, 60));
    expect(buffer.take(60)).toEqual([]);
    buffer.push(sent(65, 60));
    expect(buffer.take(60)).toHaveLength(64);
  });

  it('learns nothing from copies of what it released around a hole', () => {
    const buffer = new JitterBuffer<Sent>();
    for (const index of [0, 2, 3]) {
      buffer.push(sent(index, index));
      buffer.take(200);
    }
    expect([0, 2, 3].map((index) => buffer.push(sent(index, 250)))).toEqual(['duplicate', 'duplicate', 'duplicate']);
    expect(buffer.patienceMs).toBe(60);
  });

  it.each([
    ['99 numbers back', 901, 'duplicate', false],
    ['100 numbers back', 900, 'taken', false], // kept until the next one shows which
    ['2,999 numbers ahead', 3_999, 'taken', true],
    ['3,000 numbers ahead', 4_000, 'taken', false],
  ] as const)('takes a packet %s for one of the numbering, or of another', (_, index, what, isWaiting) => {
    const buffer = new JitterBuffer<Sent>();
    buffer.push(sent(1_000, 0));
    buffer.take(60);
    expect(buffer.push(sent(index, 80))).toBe(what);
    expect(buffer.waiting).toBe(isWaiting);
  });

  it('drops copies of the first packets of another numbering', () => {
    const buffer = new JitterBuffer<Sent>();
    for (const index of [0, 30_000, 30_001]) buffer.push(sent(index, 0));
    expect(buffer.take(0).map(({ packet }) => packet.index)).toEqual([0, 30_000, 30_001]);
    expect(buffer.push(sent(30_000, 20))).toBe('duplicate');
  });

  it('follows no stray packets that do not follow each other', () => {
    const numbers = [0, 1, 40_000, 20_000, 2, 3];
    const out = play(numbers.map((index, i) => sent(index, i * 20)));
    expect(out.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  });

  it('follows a sender that starts over with other numbers, but not a single stray packet', () => {
    const numbers = [...Array(10).keys(), 40_000, 10, 11, 30_000, 30_001, 30_002];
    const out = play(numbers.map((index, i) => sent(index, i * 20)));
    expect(out.map(({ index }) => index)).toEqual([...Array(12).keys(), 30_000, 30_001, 30_002]);
  });
});
