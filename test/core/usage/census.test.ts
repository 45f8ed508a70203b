import { describe, expect, it } from 'vitest';
import { censusOf } from '../../../src/core/usage/census.ts';

describe('the count of meetings', () => {
  it('is by what they do, with the people of all of them together', () => {
    const meeting = (phase: 'running' | 'paused', there: number, talking: number) => ({
      phase,
      countPeople: () => ({ there, talking }),
    });
    expect(censusOf([meeting('running', 4, 2), meeting('running', 3, 0), meeting('paused', 2, 1)])).toEqual({
      byState: { running: 2, paused: 1, finishing: 0, restarting: 0 },
      people: 9,
      talking: 3,
    });
  });
});
