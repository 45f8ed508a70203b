import { describe, expect, it } from 'vitest';
import { Sounds } from '../../../src/palabra/tape/sounds.ts';

function soundsAt(...stretches: readonly (readonly [number, number])[]): Sounds {
  const sounds = new Sounds(100);
  for (const [from, to] of stretches) sounds.add(from, to);
  return sounds;
}

describe('the sounds on a tape', () => {
  it.each([
    [0, { from: 300, to: 900 }],
    [299, { from: 300, to: 900 }],
    [600, { from: 300, to: 900 }],
    [899, { from: 300, to: 900 }],
    [900, { from: 1_000, to: 1_500 }], // a silence that is over lies behind
    [1_500, { from: 1_600 }],
    [9_000, { from: 1_600 }],
  ])('tell the silence that lasts beyond sample %i', (sample, silence) => {
    expect(soundsAt([0, 300], [900, 1_000], [1_500, 1_600]).silenceBeyond(sample)).toEqual(silence);
  });

  it('are one when they are nearer to each other than the shortest silence', () => {
    expect(soundsAt([0, 300], [399, 500]).silenceBeyond(0)).toEqual({ from: 500 });
    expect(soundsAt([0, 300], [400, 500]).silenceBeyond(0)).toEqual({ from: 300, to: 400 });
  });

  it('are forgotten from the oldest on, and the newest never', () => {
    const sounds = soundsAt([0, 300], [900, 1_000], [1_500, 1_600]);
    sounds.forgetBefore(1_000);
    expect([sounds.silenceBeyond(0), sounds.end]).toEqual([{ from: 1_600 }, 1_600]);
    sounds.forgetBefore(9_000);
    expect([sounds.silenceBeyond(0), sounds.end]).toEqual([{ from: 1_600 }, 1_600]);
  });

  it('are none on an empty tape', () => {
    expect([soundsAt().end, soundsAt().silenceBeyond(5)]).toEqual([0, { from: 0 }]);
  });
});
