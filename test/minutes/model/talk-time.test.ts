import { describe, expect, it } from 'vitest';
import { talkTimes } from '../../../src/minutes/model/talk-time.ts';
import { makeFinal } from '../../support/make.ts';

const said = (speakerId: string, startMs: number, endMs: number) => makeFinal({ speakerId, startMs, endMs });
const times = (...finals: Parameters<typeof talkTimes>[0]) => talkTimes(finals, (id) => id.toUpperCase());

describe('how long each person spoke', () => {
  it('is told of the most talkative first, with their share of it all', () => {
    expect(times(said('ana', 0, 1_000), said('ben', 1_000, 6_000), said('cem', 6_000, 8_000))).toEqual([
      { speakerId: 'ben', name: 'BEN', talkMs: 5_000, share: 5 / 8 },
      { speakerId: 'cem', name: 'CEM', talkMs: 2_000, share: 2 / 8 },
      { speakerId: 'ana', name: 'ANA', talkMs: 1_000, share: 1 / 8 },
    ]);
  });

  it.each([
    [
      'apart',
      [
        [1_000, 2_000],
        [3_000, 4_000],
      ],
      2_000,
    ],
    [
      'next to each other',
      [
        [1_000, 2_000],
        [2_000, 4_000],
      ],
      3_000,
    ],
    [
      'over each other',
      [
        [1_000, 3_000],
        [2_000, 4_000],
      ],
      3_000,
    ],
    [
      'within each other',
      [
        [1_000, 9_000],
        [2_000, 3_000],
        [4_000, 10_000],
      ],
      9_000,
    ],
    [
      'out of order',
      [
        [3_000, 4_000],
        [1_000, 3_500],
      ],
      3_000,
    ],
  ])('counts each moment once: %s', (_, spans, talkMs) => {
    expect(times(...spans.map(([startMs = 0, endMs = 0]) => said('ana', startMs, endMs)))).toMatchObject([{ talkMs }]);
  });

  it('is no share where nothing has a length', () => {
    expect(times(said('ana', 5, 5))).toMatchObject([{ talkMs: 0, share: 0 }]);
    expect(times()).toEqual([]);
  });
});
