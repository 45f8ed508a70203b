import { describe, expect, it } from 'vitest';
import { Doorstep } from '../../../src/palabra/tape/doorstep.ts';
import { LoudnessGate, levelOf } from '../../../src/palabra/tape/loudness.ts';

const RATE = 16_000;
const quiet = new Int16Array(320);
const loud = Int16Array.from({ length: 320 }, (_, i) => Math.round(2000 * Math.sin(i / 3)));
const frame = (index: number, samples: Int16Array) => ({ samples, sampleRateHz: RATE, startMs: index * 20 });

/** Voices between the gate and what is clear. */
const soft = loud.map((sample) => Math.round(sample / 10));
const atGate = (samples: Int16Array) => new LoudnessGate().judgeLevel(levelOf(frame(0, samples)), 20);

function hearAll(sounds: readonly Int16Array[], doorstep = new Doorstep()) {
  return sounds
    .map((samples, index) => doorstep.holdFrame(frame(index, samples), atGate(samples)))
    .find((speech) => speech !== undefined);
}

describe('the doorstep', () => {
  it('lets nobody in for silence, however long it is sent', () => {
    expect(hearAll(Array(500).fill(quiet))).toBeUndefined();
  });

  it('lets nobody in for a click', () => {
    expect(hearAll([...Array(4).fill(loud), ...Array(100).fill(quiet)])).toBeUndefined();
    expect(hearAll([...Array(7).fill(soft), ...Array(100).fill(quiet)])).toBeUndefined();
  });

  it('lets nobody in for clicks far from one another', () => {
    const clicks = Array.from({ length: 200 }, (_, i) => (i % 25 < 4 ? loud : quiet));
    expect(hearAll(clicks)).toBeUndefined();
  });

  it('lets nobody in for typing', () => {
    const keys = Array.from({ length: 300 }, (_, i) => (i % 8 < 2 ? loud : quiet)); // six keys a second, each for 40 ms
    expect(hearAll(keys)).toBeUndefined();
  });

  it('lets in 150 ms of speech', () => {
    expect(hearAll(Array(8).fill(soft))).toHaveLength(8);
  });

  it.each([100, 120, 140])('lets in a clear word of %i ms alone', (ms) => {
    expect(hearAll([...Array(50).fill(quiet), ...Array(ms / 20).fill(loud), ...Array(50).fill(quiet)])).toBeDefined();
  });

  it('lets in up to half a second from before the speech', () => {
    const speech = hearAll([...Array(100).fill(quiet), ...Array(8).fill(soft)]);
    expect(speech?.filter(({ loud }) => !loud)).toHaveLength(25);
  });

  it('lets in no audio from before a long silence', () => {
    const doorstep = new Doorstep();
    doorstep.holdFrame(frame(0, soft), 'loud');
    for (let i = 0; i < 7; i++) expect(doorstep.holdFrame(frame(100 + i, soft), 'loud')).toBeUndefined();
    expect(doorstep.holdFrame(frame(107, soft), 'loud')).toHaveLength(8);
  });

  it('keeps its own copy of the samples', () => {
    const doorstep = new Doorstep();
    const buffer = loud.slice();
    for (let i = 0; i < 7; i++) doorstep.holdFrame(frame(i, buffer), 'loud');
    buffer.fill(0);
    expect(doorstep.holdFrame(frame(7, loud), 'loud')?.[0]?.frame.samples).toEqual(loud);
  });
});

/** A sound at this level, in dBFS. */
function atDb(db: number): Int16Array {
  const amplitude = Math.SQRT2 * 32_768 * 10 ** (db / 20);
  return Int16Array.from({ length: 960 }, (_, i) => Math.round(amplitude * Math.sin(i / 7)));
}

describe('loudness', () => {
  it.each([
    ['silence', -120, 'silent'],
    ['comfort noise', -66, 'silent'],
    ['a whisper into a microphone that is too quiet', -56, 'quiet'],
    ['a whisper', -48, 'loud'],
    ['speech', -30, 'clear'],
  ])('of %s', (_what, db, expected) => {
    expect(new LoudnessGate().judgeLevel(levelOf(frame(0, atDb(db))), 20)).toBe(expected);
  });

  const hearFor = (gate: LoudnessGate, seconds: number, dbAt: (frame: number) => number) => {
    const judged = Array.from({ length: seconds * 50 }, (_, i) =>
      gate.judgeLevel(levelOf(frame(0, atDb(dbAt(i)))), 20),
    );
    return judged.slice(-50);
  };

  it('is judged above a noise that never stops', () => {
    const gate = new LoudnessGate();
    const fan = -48;
    expect(new Set(hearFor(gate, 10, () => fan))).toEqual(new Set(['noise']));
    expect(gate.judgeLevel(levelOf(frame(0, atDb(-36))), 20)).toBe('loud');
  });

  it('is judged as before once the noise is over', () => {
    const gate = new LoudnessGate();
    hearFor(gate, 10, () => -48);
    hearFor(gate, 3, () => -80);
    expect(gate.judgeLevel(levelOf(frame(0, atDb(-50))), 20)).toBe('loud');
  });

  it('of somebody who talks without end is not taken for noise, as they breathe', () => {
    const gate = new LoudnessGate();
    const speech = hearFor(gate, 30, (i) => (i % 100 < 95 ? -46 : -75));
    expect(speech.filter((loudness) => loudness === 'loud').length).toBeGreaterThan(40);
  });

  it('of a raised voice passes the gate, whatever the noise', () => {
    const gate = new LoudnessGate();
    hearFor(gate, 30, () => -30);
    expect(gate.judgeLevel(levelOf(frame(0, atDb(-38))), 20)).toBe('loud');
  });
});
