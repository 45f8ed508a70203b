import { describe, expect, it } from 'vitest';
import { conceal, stretched } from '../../../src/voice/decoding/concealment.ts';

const RATE = 2_000; // the fade of 2.5 ms is five samples long
const sound = Int16Array.of(7, 7, 60, 120, 180, 240, 300);

describe('the replacement of a lost packet', () => {
  it.each([
    ['silence where nothing came before', undefined, 3, [0, 0, 0]],
    ['the sound before it, mirrored and fading, then silence', sound, 8, [250, 160, 90, 40, 10, 0, 0, 0]],
    ['a faster fade where it is short', sound, 3, [225, 120, 45]],
    ['a fade of as much sound as there is', Int16Array.of(90, 300), 4, [200, 30, 0, 0]],
  ])('is %s', (_, before, samples, made) => {
    expect([...conceal(before, samples, RATE)]).toEqual(made);
  });
});

describe('a sound that follows another clock', () => {
  it.each([
    [0, [1, 2, 3]],
    [-1, [1, 2]],
    [1, [1, 2, 3, 3]],
  ] as const)('grows by %i samples', (by, samples) => {
    expect([...stretched(Int16Array.of(1, 2, 3), by)]).toEqual(samples);
  });

  it('is silence where there was none', () => {
    expect([...stretched(new Int16Array(0), 1)]).toEqual([0]);
  });
});
