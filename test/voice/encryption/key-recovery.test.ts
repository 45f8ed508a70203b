import { describe, expect, it } from 'vitest';
import { KeyRecovery } from '../../../src/voice/encryption/key-recovery.ts';

/** Lets one of the person's frames fail every 20 ms; returns when recovery was asked for. */
function failFor(recovery: KeyRecovery, speakerId: string, fromMs: number, toMs: number, inGroup = true): number[] {
  const asked: number[] = [];
  for (let ms = fromMs; ms < toMs; ms += 20) if (recovery.frameFailed(speakerId, inGroup, ms)) asked.push(ms);
  return asked;
}

describe('recovery of the encryption', () => {
  it('begins when one person has not been understood for 1.5 s, however well the others are', () => {
    const recovery = new KeyRecovery();
    const asked: number[] = [];
    for (let ms = 0; ms < 2_000; ms += 20) {
      recovery.frameOpened('200');
      if (recovery.frameFailed('100', true, ms)) asked.push(ms);
    }
    expect(asked).toEqual([1_500]);
  });

  it('does not begin for a few broken frames', () => {
    const recovery = new KeyRecovery();
    expect([0, 1_000, 2_000, 3_000].some((ms) => recovery.frameFailed('100', true, ms))).toBe(false);
  });

  it('does not begin while a frame in between can be opened', () => {
    const recovery = new KeyRecovery();
    failFor(recovery, '100', 0, 1_400);
    recovery.frameOpened('100');
    expect(failFor(recovery, '100', 1_400, 2_800)).toEqual([]);
  });

  it('waits longer before we are in the group at all', () => {
    expect(failFor(new KeyRecovery(), '100', 0, 6_000, false)).toEqual([5_000]);
  });

  it('does not begin while keys are changing', () => {
    const recovery = new KeyRecovery();
    const asked: number[] = [];
    for (let ms = 0; ms < 10_000; ms += 1_000) {
      asked.push(...failFor(recovery, '100', ms, ms + 1_000));
      recovery.keysChanging();
    }
    expect(asked).toEqual([]);
  });

  it('is tried less and less often when it does not help', () => {
    const asked = failFor(new KeyRecovery(), '100', 0, 100_000);
    const pauses = asked.slice(1).map((ms, i) => ms - (asked[i] ?? 0));
    expect(pauses).toEqual([5_000, 10_000, 20_000, 40_000]);
  });
});
