import { describe, expect, it } from 'vitest';
import { nearestSpan, type Place, stepFrom } from '../../../../../src/web/browser/meeting/model/walk.ts';

const lanes = [
  [
    { from: 0, to: 100 },
    { from: 300, to: 320 },
    { from: 900, to: 1_000 },
  ],
  [], // somebody who never spoke
  [
    { from: 150, to: 250 },
    { from: 305, to: 310 },
  ],
];
const at = (lane: number, span: number): Place => ({ lane, span });

describe('the way along the spans of a picture', () => {
  it.each<[string, Place, string, Place | undefined]>([
    ['goes to what the same person said next', at(0, 0), 'ArrowRight', at(0, 1)],
    ['goes to what the same person said before', at(0, 2), 'ArrowLeft', at(0, 1)],
    ['ends at the last span', at(0, 2), 'ArrowRight', undefined],
    ['ends at the first span', at(0, 0), 'ArrowLeft', undefined],
    ['leads to the first span', at(0, 2), 'Home', at(0, 0)],
    ['leads to the last span', at(0, 0), 'End', at(0, 2)],
    ['goes down to the span of another person at the same time', at(0, 1), 'ArrowDown', at(2, 1)],
    ['goes down to the nearest one, and passes people who never spoke', at(0, 0), 'ArrowDown', at(2, 0)],
    ['goes up to the nearest one', at(2, 1), 'ArrowUp', at(0, 1)],
    ['ends at the last person', at(2, 1), 'ArrowDown', undefined],
    ['ends at the first person', at(0, 1), 'ArrowUp', undefined],
    ['does not begin with other keys', at(0, 0), 'Enter', undefined],
    ['does not begin where nothing is', at(1, 0), 'ArrowUp', undefined],
  ])('%s', (_, from, key, to) => {
    expect(stepFrom(lanes, from, key)).toEqual(to);
  });
});

describe('the span nearest to a pointer', () => {
  const [spans = []] = lanes;

  it.each([
    ['is the one under it', 310, 10, 1],
    ['may be a little before it', 325, 5, 1],
    ['may be a little after it', 295, 5, 1],
    ['is none where nobody speaks', 326, 5, undefined],
    ['is the first of two that are equally near', 200, 200, 0],
  ])('%s', (_, moment, within, span) => {
    expect(nearestSpan(spans, moment, within)).toBe(span);
  });
});
