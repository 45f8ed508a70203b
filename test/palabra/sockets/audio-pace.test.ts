import { describe, expect, it } from 'vitest';
import { Pace } from '../../../src/palabra/sockets/audio-pace.ts';

describe('the pace', () => {
  it('lets a little run ahead, then only what time allows', () => {
    const pace = new Pace(1000, 0);
    expect([pace.take(320, 0), pace.take(320, 0), pace.take(320, 0), pace.take(320, 0)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect([pace.take(320, 279), pace.take(320, 280), pace.take(320, 599), pace.take(320, 600)]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  it('does not let a long rest become a rush', () => {
    const pace = new Pace(1000, 0);
    expect(pace.take(1001, 60_000)).toBe(false);
  });
});
