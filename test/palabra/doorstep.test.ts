import { describe, expect, it } from 'vitest';
import { Doorstep } from '../../src/palabra/doorstep.ts';
import { isLoud } from '../../src/palabra/loudness.ts';

const RATE = 16_000;
const quiet = new Int16Array(320);
const loud = Int16Array.from({ length: 320 }, (_, i) => Math.round(2000 * Math.sin(i / 3)));
const frame = (index: number, samples: Int16Array) => ({ samples, sampleRateHz: RATE, startMs: index * 20 });

function hearAll(sounds: readonly Int16Array[], doorstep = new Doorstep()) {
  return sounds.map((samples, index) => doorstep.hear(frame(index, samples))).find((speech) => speech !== undefined);
}

describe('the doorstep', () => {
  it('lets nobody in for silence, however long it is sent', () => {
    expect(hearAll(Array(500).fill(quiet))).toBeUndefined();
  });

  it('lets nobody in for a click', () => {
    expect(hearAll([...Array(20).fill(loud).slice(0, 7), ...Array(100).fill(quiet)])).toBeUndefined();
  });

  it('lets nobody in for clicks far from one another', () => {
    const clicks = Array.from({ length: 200 }, (_, i) => (i % 25 < 4 ? loud : quiet));
    expect(hearAll(clicks)).toBeUndefined();
  });

  it('lets in 150 ms of speech', () => {
    expect(hearAll(Array(8).fill(loud))).toHaveLength(8);
  });

  it('lets in what came up to half a second before, too', () => {
    const speech = hearAll([...Array(100).fill(quiet), ...Array(8).fill(loud)]);
    expect(speech?.filter(({ loud }) => !loud)).toHaveLength(25);
  });

  it('lets in no audio from before a long silence', () => {
    const doorstep = new Doorstep();
    doorstep.hear(frame(0, loud));
    for (let i = 0; i < 7; i++) expect(doorstep.hear(frame(100 + i, loud))).toBeUndefined();
    expect(doorstep.hear(frame(107, loud))).toHaveLength(8);
  });

  it('keeps its own copy of the samples', () => {
    const doorstep = new Doorstep();
    const buffer = loud.slice();
    for (let i = 0; i < 7; i++) doorstep.hear(frame(i, buffer));
    buffer.fill(0);
    expect(doorstep.hear(frame(7, loud))?.[0]?.frame.samples).toEqual(loud);
  });
});

describe('loudness', () => {
  it.each([
    ['silence', 0, false],
    ['comfort noise at -66 dBFS', 23, false],
    ['whispering at -45 dBFS', 260, true],
  ])('of %s', (_what, amplitude, expected) => {
    expect(isLoud(Int16Array.from({ length: 960 }, (_, i) => Math.round(amplitude * Math.sin(i / 7))))).toBe(expected);
  });
});
