import { describe, expect, it } from 'vitest';
import { lossesOf } from '../../../src/core/meeting/recovery.ts';
import type { MeetingRecord } from '../../../src/core/record.ts';
import { makeFinal, makeHead } from '../../support/make.ts';

const left: MeetingRecord = {
  head: makeHead(),
  attendance: [],
  finals: [],
  translations: [],
  gaps: [],
  messages: [],
};

describe('what a killed process did not tell', () => {
  it('is everything from its last sign on', () => {
    expect(lossesOf({ ...left, lastSign: { atMs: 8_000, pending: [] } }, 20_000)).toEqual([
      { startMs: 8_000, endMs: 20_000, reason: 'restarted' },
    ]);
  });

  it('is of each person what they had begun to say, as far as it was not told after all', () => {
    const pending = [
      { speakerId: '100', sinceMs: 3_000 },
      { speakerId: '200', sinceMs: 5_000 },
      { speakerId: '300', sinceMs: 5_000 },
    ];
    const finals = [
      makeFinal({ speakerId: '200', endMs: 6_000 }),
      makeFinal({ utteranceId: 'u2', speakerId: '300', endMs: 9_000 }),
    ];
    expect(lossesOf({ ...left, finals, lastSign: { atMs: 8_000, pending } }, 8_000)).toEqual([
      { speakerId: '100', startMs: 3_000, endMs: 8_000, reason: 'restarted' },
      { speakerId: '200', startMs: 6_000, endMs: 8_000, reason: 'restarted' },
    ]);
  });

  it('begins with the latest news where there was no sign', () => {
    expect(lossesOf({ ...left, finals: [makeFinal({ endMs: 2_500 })] }, 4_000)).toEqual([
      { startMs: 2_500, endMs: 4_000, reason: 'restarted' },
    ]);
  });
});
