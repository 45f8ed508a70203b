import { describe, expect, it } from 'vitest';
import { closingMs, HEARD_MS, judgePause, PAUSES_MS, superfluousPart } from '../../../src/palabra/tape/pause.ts';

const { quick, normal, patient } = PAUSES_MS;

describe('a pause', () => {
  it.each([
    [0, true, normal, 'held'],
    [normal - 1, true, normal, 'held'],
    [normal, true, normal, 'over'],
    [normal, false, normal, 'open'], // perhaps only the network has stopped
    [normal - 1, false, normal, 'held'],
    [5_000, false, normal, 'open'],
    [quick - 1, true, quick, 'held'],
    [quick, true, quick, 'over'],
    [normal, true, patient, 'held'],
    [patient - 1, true, patient, 'held'],
    [patient, true, patient, 'over'],
    [patient, false, patient, 'open'],
  ] as const)(
    'of %i ms (announced: %s), where %i ms end a sentence, is %s',
    (forMs, isAnnounced, pauseMs, expected) => {
      expect(judgePause({ forMs, isAnnounced }, pauseMs)).toBe(expected);
    },
  );

  it.each([
    [600, normal, 800], // at once
    [700, normal, 900], // the recogniser has not answered yet
    [2_000, normal, 1_500],
    [350, quick, 800],
    [500, normal, 800],
  ])('that is over after %i ms (%i ms end a sentence) has %i ms of closing silence', (forMs, pauseMs, ms) => {
    expect(closingMs({ forMs }, pauseMs, 1_500)).toBe(ms);
  });

  // A sample is a millisecond: loud until 1,000.
  it.each([
    ['goes on', { from: 1_000 }, patient, undefined],
    ['is shorter than what is heard of it', { from: 1_000, to: 1_400 }, patient, undefined],
    ['is too short to end a sentence', { from: 1_000, to: 1_900 }, patient, { from: 1_400, to: 1_900 }],
    ['began after the rest of a breath', { from: 1_250, to: 1_900 }, patient, { from: 1_400, to: 1_900 }],
    ['began after a long breath', { from: 1_600, to: 1_900 }, patient, { from: 1_600, to: 1_900 }],
    ['is a millisecond too short', { from: 1_000, to: 1_000 + patient - 1 }, patient, { from: 1_400, to: 2_199 }],
    ['ends a sentence', { from: 1_000, to: 1_000 + patient }, patient, undefined],
    ['ends one by what is usual', { from: 1_000, to: 1_900 }, normal, undefined],
    ['is too short by what is usual', { from: 1_000, to: 1_500 }, normal, { from: 1_400, to: 1_500 }],
    ['ends one where people are quick', { from: 1_000, to: 1_380 }, quick, undefined],
  ] as const)('that %s is cut there', (_what, silence, length, expected) => {
    expect(superfluousPart({ silence, loudEnd: 1_000, heard: HEARD_MS, length })).toEqual(expected);
  });
});
