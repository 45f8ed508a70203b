import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Place, Timeline } from '../../src/voice/timeline.ts';

const MS = 48; // RTP units

interface Packet {
  readonly sentMs: number;
  readonly arrivedMs?: number;
  readonly missingBefore?: number;
  readonly timestamp?: number;
}

const timed = ({ sentMs, arrivedMs = sentMs, timestamp = sentMs * MS }: Packet) => ({
  timestamp: timestamp >>> 0,
  arrivedMs,
});

/** A copy: the timeline changes its place at the next call. */
function place(timeline: Timeline, packet: Packet): Place {
  const placed = timeline.place(timed(packet), 20, packet.missingBefore ?? 0);
  if (!placed) throw new Error('It has no place');
  return { ...placed };
}

function pass(timeline: Timeline, packet: Packet): void {
  timeline.pass(timed(packet), 20, packet.missingBefore ?? 0);
}

describe('a timeline', () => {
  it('anchors a talk spurt at the arrival of its first packet', () => {
    const timeline = new Timeline(48_000);
    expect(place(timeline, { sentMs: 5, arrivedMs: 1_234 })).toMatchObject({ startMs: 1_234, begins: true });
  });

  it('lets timestamps rule within a spurt, whatever the jitter', () => {
    const timeline = new Timeline(48_000);
    const jitter = [0, 35, 10, 80, 5, 60];
    const places = jitter.map((late, i) => place(timeline, { sentMs: i * 20, arrivedMs: i * 20 + late }));
    expect(places.map(({ startMs }) => startMs)).toEqual([0, 20, 40, 60, 80, 100]);
  });

  it('knows the hole that lost packets left', () => {
    const timeline = new Timeline(48_000);
    place(timeline, { sentMs: 0 });
    const placed = place(timeline, { sentMs: 80, missingBefore: 3 });
    expect(placed).toMatchObject({ startMs: 80, holeMs: 60, lost: 3, begins: false });
  });

  it('knows whether somebody speaks', () => {
    const timeline = new Timeline(48_000);
    const speaking = [timeline.speaking];
    place(timeline, { sentMs: 0 });
    speaking.push(timeline.speaking);
    pass(timeline, { sentMs: 20 });
    speaking.push(timeline.speaking);
    place(timeline, { sentMs: 40 });
    timeline.restart();
    speaking.push(timeline.speaking);
    expect(speaking).toEqual([false, true, false, false]);
  });

  it('makes no hole between packets that follow each other', () => {
    const timeline = new Timeline(48_000);
    place(timeline, { sentMs: 0, arrivedMs: 1_000 });
    expect(place(timeline, { sentMs: 20, arrivedMs: 1_020 })).toMatchObject({ startMs: 1_020, holeMs: 0 });
  });

  it('begins a new talk spurt where a stream starts with other timestamps', () => {
    const timeline = new Timeline(48_000);
    place(timeline, { sentMs: 0 });
    timeline.restart();
    expect(place(timeline, { sentMs: 40, arrivedMs: 50 })).toMatchObject({ startMs: 50, begins: true, holeMs: 0 });
  });

  /** One packet came at 0; this one comes next. `begins`: it begins another talk spurt. */
  it.each<[string, Packet, Partial<Place>]>([
    ['a hole is as long as a second', { sentMs: 1_020, missingBefore: 50 }, { begins: false, holeMs: 1_000, lost: 50 }],
    ['a hole is longer than a second', { sentMs: 1_040, missingBefore: 51 }, { begins: true, holeMs: 0, lost: 0 }],
    ['less than 100 ms were left out', { sentMs: 119 }, { begins: false, holeMs: 99, lost: 0 }],
    ['100 ms were left out', { sentMs: 120 }, { begins: true, holeMs: 0 }],
    ['less than 100 ms were left out besides losses', { sentMs: 200, missingBefore: 5 }, { begins: false, lost: 5 }],
    ['100 ms were left out besides losses', { sentMs: 200, missingBefore: 4 }, { begins: true, lost: 0 }],
    ['more packets are missing than the hole holds', { sentMs: 80, missingBefore: 9 }, { begins: false, lost: 3 }],
    ['it comes 5 s late', { sentMs: 20, arrivedMs: 5_020 }, { begins: false, startMs: 20 }],
    ['it comes later than that', { sentMs: 20, arrivedMs: 5_021 }, { begins: true, startMs: 5_021 }],
    [
      'it comes 1 s late behind a loss',
      { sentMs: 40, arrivedMs: 1_040, missingBefore: 1 },
      { begins: false, startMs: 40, lost: 1 },
    ],
    [
      'it comes later than that behind a loss',
      { sentMs: 40, arrivedMs: 1_041, missingBefore: 1 },
      { begins: true, startMs: 1_041, lost: 0 },
    ],
    ['timestamps step back a little', { sentMs: 20, timestamp: 10 * MS }, { begins: true, startMs: 20 }],
  ])('goes on with a talk spurt or begins another one when %s', (_, packet, expected) => {
    const timeline = new Timeline(48_000);
    place(timeline, { sentMs: 0 });
    expect(place(timeline, packet)).toMatchObject(expected);
  });

  /** One packet of sound came at 0 and one of silence at 20; this one comes next. */
  it.each<[string, Packet, Partial<Place>]>([
    ['it follows within 100 ms', { sentMs: 119 }, { begins: false, holeMs: 99, lost: 0 }],
    ['it follows after 100 ms', { sentMs: 120 }, { begins: true, holeMs: 0 }],
    [
      'packets are missing: they held silence',
      { sentMs: 60, missingBefore: 1 },
      { begins: false, holeMs: 40, lost: 0 },
    ],
    ['it comes up to 100 ms late', { sentMs: 40, arrivedMs: 139 }, { begins: false, startMs: 40 }],
    ['it comes 100 ms late', { sentMs: 40, arrivedMs: 140 }, { begins: true, startMs: 140 }],
  ])('goes on behind a packet of silence, or begins anew, when %s', (_, packet, expected) => {
    const timeline = new Timeline(48_000);
    place(timeline, { sentMs: 0 });
    pass(timeline, { sentMs: 20 });
    expect(place(timeline, packet)).toMatchObject(expected);
  });

  it.each([
    [110, false],
    [109, true],
  ])('takes timestamps that are ahead of time for a jump, but not within 250 ms: at %i ms', (arrivedMs, begins) => {
    const timeline = new Timeline(48_000);
    for (let sentMs = 0; sentMs < 320; sentMs += 20) place(timeline, { sentMs, arrivedMs: 0 });
    expect(place(timeline, { sentMs: 360, arrivedMs })).toMatchObject({ begins });
  });

  it.each([
    ['after', 0, 1, 1],
    ['before', 1, 0, -1],
  ])(
    'corrects packets that come 1 ms %s their time by 47 samples, from 10 s on, one in 2.6 packets',
    (_, first, rest, step) => {
      const timeline = new Timeline(48_000);
      place(timeline, { sentMs: 0, arrivedMs: first });
      const stretched: number[] = [];
      for (let i = 1; i < 1_000; i += 1) {
        const { stretch } = place(timeline, { sentMs: i * 20, arrivedMs: i * 20 + rest });
        if (stretch === step) stretched.push(i);
        else expect(stretch).toBe(0);
      }
      expect(stretched.slice(0, 5)).toEqual([502, 505, 507, 510, 513]);
      expect(stretched).toHaveLength(47); // the rest is less than a sample
      expect(stretched.at(-1)).toBe(622);
    },
  );

  it('corrects nothing that is less than a sample', () => {
    const timeline = new Timeline(48_000);
    place(timeline, { sentMs: 0 });
    for (let i = 1; i < 1_500; i += 1) {
      expect(place(timeline, { sentMs: i * 20, arrivedMs: i * 20 + 0.02 }).stretch).toBe(0);
    }
  });

  it('makes no hole of a pause', () => {
    const timeline = new Timeline(48_000);
    place(timeline, { sentMs: 0 });
    for (let i = 1; i <= 5; i++) pass(timeline, { sentMs: i * 20 });
    expect(place(timeline, { sentMs: 900 })).toMatchObject({ startMs: 900, begins: true, holeMs: 0 });
  });

  it('goes by the arrival after a pause in which timestamps stood still', () => {
    const timeline = new Timeline(48_000);
    place(timeline, { sentMs: 0 });
    for (let i = 1; i <= 5; i++) pass(timeline, { sentMs: i * 20 });
    const placed = place(timeline, { sentMs: 120, arrivedMs: 5_000 });
    expect(placed).toMatchObject({ startMs: 5_000, begins: true });
  });

  it('bridges a single packet of silence between words', () => {
    const timeline = new Timeline(48_000);
    place(timeline, { sentMs: 0 });
    pass(timeline, { sentMs: 20 });
    expect(place(timeline, { sentMs: 40 })).toMatchObject({ startMs: 40, holeMs: 20, lost: 0, begins: false });
  });

  it('fills what a sender left out for a moment (DTX), and calls nothing lost', () => {
    const timeline = new Timeline(48_000);
    place(timeline, { sentMs: 0 });
    expect(place(timeline, { sentMs: 80 })).toMatchObject({ startMs: 80, holeMs: 60, lost: 0, begins: false });
  });

  it('tells time that was left out from packets that were lost in the same hole', () => {
    const timeline = new Timeline(48_000);
    place(timeline, { sentMs: 0 });
    expect(place(timeline, { sentMs: 80, missingBefore: 1 })).toMatchObject({ holeMs: 60, lost: 1 });
  });

  it('keeps the time over the long gaps of a sender that only refreshes every 400 ms (DTX)', () => {
    const timeline = new Timeline(48_000);
    const places = [0, 20, 420, 820, 840].map((sentMs) => place(timeline, { sentMs, arrivedMs: sentMs + 30 }));
    expect(places.map(({ startMs }) => startMs)).toEqual([30, 50, 450, 850, 870]);
    expect(places.map(({ begins }) => begins)).toEqual([true, false, true, true, false]);
  });

  it('makes no hole of the silence that people with a camera send all the time', () => {
    const timeline = new Timeline(48_000);
    place(timeline, { sentMs: 0 });
    for (let i = 1; i < 500; i++) pass(timeline, { sentMs: i * 20 });
    expect(place(timeline, { sentMs: 10_000 })).toMatchObject({ startMs: 10_000, holeMs: 0, begins: true });
  });

  it('places packets that come all at once after a stall where they were spoken', () => {
    const timeline = new Timeline(48_000);
    place(timeline, { sentMs: 0 });
    const places = [20, 40, 60].map((sentMs) => place(timeline, { sentMs, arrivedMs: 3_000 }));
    expect(places.map(({ startMs }) => startMs)).toEqual([20, 40, 60]);
  });

  it('keeps the holes of a talk spurt whose first packet came late', () => {
    const timeline = new Timeline(48_000);
    place(timeline, { sentMs: 0, arrivedMs: 900 });
    place(timeline, { sentMs: 20, arrivedMs: 900 });
    const placed = place(timeline, { sentMs: 60, arrivedMs: 900, missingBefore: 1 });
    expect(placed).toMatchObject({ startMs: 960, holeMs: 20, lost: 1, begins: false });
  });

  it.each([10_000_000, -10_000_000, 0x8000_0000])('begins anew when timestamps jump by %i', (jump) => {
    const timeline = new Timeline(48_000);
    place(timeline, { sentMs: 0 });
    const placed = place(timeline, { sentMs: 20, timestamp: 960 + jump });
    expect(placed).toMatchObject({ startMs: 20, begins: true });
  });

  it('goes on over the end of the timestamps', () => {
    const timeline = new Timeline(48_000);
    place(timeline, { sentMs: 0, timestamp: 2 ** 32 - 960 });
    expect(place(timeline, { sentMs: 20, timestamp: 0 })).toMatchObject({ startMs: 20, begins: false });
  });

  it('does not conceal an outage of seconds', () => {
    const timeline = new Timeline(48_000);
    place(timeline, { sentMs: 0 });
    const placed = place(timeline, { sentMs: 10_000, missingBefore: 499 });
    expect(placed).toMatchObject({ startMs: 10_000, holeMs: 0, begins: true });
  });

  it.each([200, -200])('follows a clock that is %i ppm fast through two hours without a pause', (ppm) => {
    const timeline = new Timeline(48_000);
    let samples = 0;
    let last: Place | undefined;
    for (let i = 0; i < 360_000; i++) {
      last = place(timeline, { sentMs: i * 20, arrivedMs: (i * 20) / (1 + ppm / 1e6) });
      samples += 960 + last.stretch;
    }
    const nowMs = (359_999 * 20) / (1 + ppm / 1e6);
    expect(Math.abs((last?.startMs ?? 0) - nowMs)).toBeLessThan(10);
    expect(Math.abs(samples / 48 - nowMs)).toBeLessThan(30); // the audio itself has that length
  });

  describe('of somebody who sends more sound than time passes', () => {
    /** Where sound ends, how much was placed and how much was not, when a packet of this length comes every so often. */
    function flood({ lengthMs, everyMs, forMs, missingBefore = 0, jumpMs = lengthMs }: Flood) {
      const timeline = new Timeline(48_000);
      let [endMs, placedMs, refused, farthestMs] = [0, 0, 0, 0];
      for (let i = 0; i * everyMs < forMs; i++) {
        const packet = timed({ sentMs: i * jumpMs, arrivedMs: i * everyMs });
        const placed = timeline.isFull(packet, lengthMs) ? undefined : timeline.place(packet, lengthMs, missingBefore);
        if (placed) {
          endMs = placed.startMs + lengthMs;
          placedMs += lengthMs + placed.holeMs;
          farthestMs = Math.max(farthestMs, endMs - packet.arrivedMs);
        } else refused += 1;
      }
      return { endMs, placedMs, refused, farthestMs };
    }
    interface Flood {
      readonly lengthMs: number;
      readonly everyMs: number;
      readonly forMs: number;
      readonly missingBefore?: number;
      readonly jumpMs?: number;
    }

    it.each([
      { title: '120 ms, 5,000 a second', lengthMs: 120, everyMs: 0.2, forMs: 3_000 },
      { title: '20 ms, 5,000 a second', lengthMs: 20, everyMs: 0.2, forMs: 3_000 },
      { title: '60 ms, twice as fast as time', lengthMs: 60, everyMs: 30, forMs: 30_000 },
      {
        title: 'with the holes of losses in between',
        lengthMs: 20,
        everyMs: 1,
        forMs: 5_000,
        missingBefore: 45,
        jumpMs: 920,
      },
      { title: 'with timestamps that stand still', lengthMs: 120, everyMs: 0.2, forMs: 3_000, jumpMs: 0 },
    ])('places no more than 2 s ahead: $title', (each) => {
      const { endMs, placedMs, refused, farthestMs } = flood(each);
      expect(farthestMs).toBeLessThanOrEqual(2_000);
      expect(endMs).toBeLessThanOrEqual(each.forMs + 2_000);
      expect(placedMs).toBeLessThanOrEqual(each.forMs + 2_000);
      expect(refused).toBeGreaterThan(0);
    });

    it.each([
      { title: 'a person who talks for a minute', lengthMs: 20, everyMs: 20, forMs: 60_000 },
      { title: 'packets of 120 ms', lengthMs: 120, everyMs: 120, forMs: 60_000 },
    ])('refuses nothing of $title', (each) => {
      expect(flood(each).refused).toBe(0);
    });

    it('refuses nothing of 1.9 s that come all at once', () => {
      const timeline = new Timeline(48_000);
      const places = Array.from({ length: 95 }, (_, i) => place(timeline, { sentMs: i * 20, arrivedMs: 5_000 }));
      expect(places.filter(({ begins }) => begins)).toHaveLength(1);
    });

    it('places exactly 2 s of packets that come at once, and says beforehand when it is full', () => {
      const timeline = new Timeline(48_000);
      for (let i = 0; i < 100; i++) {
        expect(timeline.isFull(timed({ sentMs: i * 20, arrivedMs: 0 }), 20)).toBe(false);
        place(timeline, { sentMs: i * 20, arrivedMs: 0 });
      }
      expect(timeline.isFull(timed({ sentMs: 2_000, arrivedMs: 0 }), 20)).toBe(true);
      expect(timeline.place(timed({ sentMs: 2_000, arrivedMs: 0 }), 20, 0)).toBeUndefined();
      expect(place(timeline, { sentMs: 2_020, arrivedMs: 100 })).toMatchObject({ startMs: 2_000, begins: true });
    });

    it('goes by the arrival again once packets come in time', () => {
      const timeline = new Timeline(48_000);
      for (let i = 0; i < 1_000; i++) timeline.place(timed({ sentMs: i * 20, arrivedMs: 0 }), 20, 0);
      expect(place(timeline, { sentMs: 20_000, arrivedMs: 9_000 })).toMatchObject({ startMs: 9_000, begins: true });
    });
  });

  it('never overlaps, never goes back and reports every hole, whatever comes', () => {
    const step = fc.record({
      sentAfterMs: fc.constantFrom(20, 20, 20, 20, 40, 60, 200, 3_000),
      missing: fc.integer({ min: 0, max: 3 }),
      lateMs: fc.integer({ min: 0, max: 300 }),
      silent: fc.boolean(),
      jump: fc.constantFrom(0, 0, 0, 0, 5_000, -5_000, 1e9),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const timeline = new Timeline(48_000);
        let sentMs = 0;
        let offset = 0;
        let endMs = 0;
        for (const { sentAfterMs, missing, lateMs, silent, jump } of steps) {
          sentMs += sentAfterMs;
          offset += jump;
          const packet = {
            sentMs,
            arrivedMs: sentMs + lateMs,
            missingBefore: missing,
            timestamp: sentMs * MS + offset,
          };
          if (silent) pass(timeline, packet);
          else {
            const { startMs, begins, holeMs, stretch } = place(timeline, packet);
            expect(startMs).toBeGreaterThanOrEqual(endMs - 1e-6);
            if (!begins) expect(startMs - holeMs).toBeCloseTo(endMs, 2);
            endMs = startMs + 20 + stretch / 48;
          }
        }
      }),
    );
  });
});
