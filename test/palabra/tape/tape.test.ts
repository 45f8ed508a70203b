import { describe, expect, it } from 'vitest';
import { ChunkStore } from '../../../src/palabra/tape/chunks.ts';
import { Timeline } from '../../../src/palabra/tape/tape.ts';

const RATE = 16_000;
const CHUNK = 5120;
const counting = (from: number, count: number) => Int16Array.from({ length: count }, (_, i) => from + i);
const samplesOf = (bytes: Uint8Array) => [...new Int16Array(bytes.slice().buffer)];

function timelineWith(maxBytes = 1_000_000) {
  const store = new ChunkStore(RATE, maxBytes);
  return { store, timeline: new Timeline(RATE, store) };
}

describe('a timeline', () => {
  it('gives back the samples it was given, across chunks', () => {
    const { timeline } = timelineWith();
    for (let i = 0; i < 40; i++) timeline.append(counting(i * 320, 320), i * 20, true);
    expect(samplesOf(timeline.read(CHUNK - 10, 20))).toEqual([...counting(CHUNK - 10, 20)]);
    expect(samplesOf(timeline.read(CHUNK, CHUNK))).toEqual([...counting(CHUNK, CHUNK)]);
  });

  it('knows the time of every sample, over pauses that were left out', () => {
    const { timeline } = timelineWith();
    timeline.append(new Int16Array(1600), 500, true);
    timeline.append(new Int16Array(1600), 9000, true);
    expect([timeline.msAt(800, 'start'), timeline.msAt(1600, 'end'), timeline.msAt(1600, 'start')]).toEqual([
      550, 600, 9000,
    ]);
    expect(timeline.headMs).toBe(9100);
  });

  it('takes back silence of its own making, but no audio', () => {
    const { timeline } = timelineWith();
    timeline.append(new Int16Array(320), 0, true);
    timeline.appendSilence(6000);
    timeline.retract(10_000, 0);
    expect([timeline.head, timeline.madeSilence]).toEqual([320, 0]);
    timeline.append(counting(1, 320), 20, true);
    expect(samplesOf(timeline.read(320, 320))).toEqual([...counting(1, 320)]);
  });

  it('takes back nothing that was sent', () => {
    const { timeline } = timelineWith();
    timeline.appendSilence(1000, 0);
    timeline.retract(1000, 600);
    expect(timeline.head).toBe(600);
  });

  it('finds the speech after a sample', () => {
    const { timeline } = timelineWith();
    timeline.append(new Int16Array(1600), 0, true);
    timeline.appendSilence(RATE);
    timeline.append(new Int16Array(1600), 1100, true);
    expect(timeline.speechFrom(1600)).toEqual({ from: 1600 + RATE, to: 3200 + RATE });
    expect(timeline.speechFrom(800)).toEqual({ from: 800, to: 1600 });
    expect(timeline.speechFrom(3200 + RATE)).toBeUndefined();
  });

  it('takes a short break for a part of the same speech', () => {
    const { timeline } = timelineWith();
    timeline.append(new Int16Array(1600), 0, true);
    timeline.appendSilence(1600);
    timeline.append(new Int16Array(1600), 200, true);
    expect(timeline.speechFrom(0)).toEqual({ from: 0, to: 4800 });
  });

  it('gives its memory back as it forgets', () => {
    const { timeline, store } = timelineWith(4 * CHUNK * 2);
    timeline.append(new Int16Array(CHUNK * 4), 0, true);
    expect(store.exhausted).toBe(true);
    timeline.forgetBefore(CHUNK + 5);
    expect([timeline.tail, store.exhausted]).toEqual([CHUNK + 5, false]);
    timeline.clear();
    timeline.append(counting(0, 320), 20_000, false);
    expect(samplesOf(timeline.read(timeline.head - 320, 320))).toEqual([...counting(0, 320)]);
  });

  it('refuses to read what it has forgotten', () => {
    const { timeline } = timelineWith();
    timeline.append(new Int16Array(CHUNK * 2), 0, true);
    timeline.forgetOldest();
    expect(() => timeline.read(0, 10)).toThrow(RangeError);
  });
});
