import { describe, expect, it } from 'vitest';
import { AudioPace } from '../../../src/palabra/sockets/audio-pace.ts';

describe('the pace', () => {
  it('lets a little run ahead, then only what time allows', () => {
    const pace = new AudioPace(1000, 0);
    expect([
      pace.spendAllowance(320, 0),
      pace.spendAllowance(320, 0),
      pace.spendAllowance(320, 0),
      pace.spendAllowance(320, 0),
    ]).toEqual([true, true, true, false]);
    expect([
      pace.spendAllowance(320, 279),
      pace.spendAllowance(320, 280),
      pace.spendAllowance(320, 599),
      pace.spendAllowance(320, 600),
    ]).toEqual([false, true, false, true]);
  });

  it('does not let a long rest become a rush', () => {
    const pace = new AudioPace(1000, 0);
    expect(pace.spendAllowance(1001, 60_000)).toBe(false);
  });
});
