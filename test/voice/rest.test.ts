import { describe, expect, it } from 'vitest';
import { Rest } from '../../src/voice/rest.ts';

type Step = 'silence' | 'empty' | 'sound' | 'decoded' | 'placed' | 'hidden';

const DO: Readonly<Record<Step, (rest: Rest) => void>> = {
  silence: (rest) => rest.passSilence(true),
  empty: (rest) => rest.passSilence(false), // a packet without content
  sound: (rest) => rest.beginSound(),
  decoded: (rest) => rest.endSound(),
  placed: (rest) => rest.interrupt(true),
  hidden: (rest) => rest.interrupt(false), // it could not be decrypted
};

describe('a rest', () => {
  it.each<[readonly Step[], boolean, number]>([
    [[], false, 0],
    [['silence'], true, 1],
    [['silence', 'silence'], true, 2],
    [['empty'], false, 1],
    [['silence', 'empty'], false, 2],
    [['silence', 'sound'], false, 1], // on its way
    [['silence', 'sound', 'decoded', 'placed'], false, 0],
    [['sound', 'silence'], false, 1], // the sound before it is still being decoded
    [['sound', 'decoded', 'placed', 'silence'], true, 1],
    [['silence', 'hidden'], false, 1],
  ])('after %o has begun: %s, after %i silences', (steps, hasBegun, silences) => {
    const rest = new Rest();
    for (const step of steps) DO[step](rest);
    expect([rest.hasBegun, rest.silences]).toEqual([hasBegun, silences]);
  });
});
