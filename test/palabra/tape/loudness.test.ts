import { describe, expect, it } from 'vitest';
import { type Loudness, LoudnessGate, levelOf } from '../../../src/palabra/tape/loudness.ts';

/** A second of this level. */
const judge = (gate: LoudnessGate, level: number): Loudness => gate.judgeLevel(level, 1_000);
const decoded = (samples: Int16Array) => ({ samples, sampleRateHz: 48_000, startMs: 0 });
const lastOf = (gate: LoudnessGate, ...levels: readonly number[]) => levels.map((level) => judge(gate, level)).at(-1);
const seconds = (count: number, level: number) => Array.from({ length: count }, () => level);

describe('the loudness of a frame', () => {
  it.each([
    [0, 'silent'],
    [33, 'silent'],
    [34, 'quiet'],
    [65, 'quiet'],
    [66, 'loud'],
    [325, 'loud'],
    [326, 'clear'],
  ])('of level %i is %s', (level, loudness) => {
    expect(judge(new LoudnessGate(), level)).toBe(loudness);
  });

  it('is that of its energy, not of its highest sample', () => {
    const samples = new Int16Array(20);
    samples[5] = 120; // of four that are looked at: 60 on average
    expect(levelOf(decoded(samples))).toBe(60);
  });

  it('is what a look at its packet made of it, where nothing is decoded', () => {
    expect(levelOf({ packet: Uint8Array.of(0xf8), count: 960, level: 123, sampleRateHz: 48_000, startMs: 0 })).toBe(
      123,
    );
  });

  it.each([
    ['that began seven seconds ago', 100, 7, 100, 'loud'],
    ['that never stops', 100, 8, 100, 'noise'],
    ['twice as loud as what never stops', 100, 8, 201, 'loud'],
    ['less loud than that', 100, 8, 200, 'noise'],
    ['that is loud enough beside the loudest that never stops', 1_000, 8, 329, 'loud'],
    ['of speech where something below it never stops', 20, 8, 66, 'loud'],
  ])('%s is judged so', (_, level, count, next, loudness) => {
    expect(lastOf(new LoudnessGate(), ...seconds(count, level), next)).toBe(loudness);
  });

  it('follows a fan that is turned off, and on again', () => {
    const gate = new LoudnessGate();
    expect(lastOf(gate, ...seconds(8, 100), 0, 0, 100)).toBe('loud');
    expect(lastOf(gate, ...seconds(9, 100))).toBe('noise');
  });

  it('is not hidden by speech, which has pauses', () => {
    const gate = new LoudnessGate();
    for (let i = 0; i < 10; i += 1) expect(lastOf(gate, 500, 500, 500, 0)).toBe('silent');
    expect(judge(gate, 66)).toBe('loud');
  });

  it('is silence where there is nothing, and nothing is learnt from it', () => {
    const gate = new LoudnessGate();
    for (let i = 0; i < 8; i += 1) expect(judge(gate, levelOf(decoded(new Int16Array(0))))).toBe('silent');
    expect(judge(gate, 66)).toBe('loud');
  });
});
