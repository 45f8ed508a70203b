import { describe, expect, it } from 'vitest';
import { haveGathered } from '../../../src/discord/lobby/gathering.ts';

describe('whether enough people have come for a meeting', () => {
  it.each([
    ['nobody is there', 0, 0, 1, false],
    ['too few are there', 1, 1, 2, false],
    ['enough are there', 2, 2, 2, true],
    ['an audience waits for somebody on the stage', 300, 0, 2, false],
    ['somebody is on the stage before an audience', 300, 1, 2, true],
    ['somebody is on the stage, and nobody listens', 1, 1, 2, false],
  ])('is decided when %s', (_, there, audible, wanted, expected) => {
    expect(haveGathered({ there, audible }, wanted)).toBe(expected);
  });
});
