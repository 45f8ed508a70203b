import { describe, expect, it } from 'vitest';
import { DeafSpells } from '../../../../src/core/meeting/hearing/deafness.ts';

describe('the stretches in which the bot was deafened', () => {
  it('begin and end when somebody looks, each reported once', () => {
    const spells = new DeafSpells();
    const looks = [
      spells.look(false, 1_000),
      spells.look(true, 2_000),
      spells.look(true, 3_000),
      spells.look(false, 5_000),
      spells.look(false, 6_000),
      spells.look(true, 9_000),
    ];
    const gap = { startMs: 2_000, endMs: 5_000, reason: 'deafened' };
    expect(looks).toEqual([undefined, 'began', undefined, gap, undefined, 'began']);
  });

  it('are known while they last', () => {
    const spells = new DeafSpells();
    expect(spells.soFar(500)).toBeUndefined();
    spells.look(true, 1_000);
    expect(spells.soFar(4_000)).toEqual({ startMs: 1_000, endMs: 4_000, reason: 'deafened' });
    spells.look(false, 5_000);
    expect(spells.soFar(6_000)).toBeUndefined();
  });
});
