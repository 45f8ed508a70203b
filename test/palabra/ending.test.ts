import { describe, expect, it } from 'vitest';
import { Ending, type Remainder } from '../../src/palabra/ending.ts';

const LIMITS = { finishMs: 8000, lastWordsMs: 6000, backlogMs: 100_000 };
const stuck: Remainder = { isText: false, isSent: false, isMoving: false, isHopeless: false };
const moving = { ...stuck, isMoving: true };
const sent = { ...stuck, isSent: true };

describe('the end of a speaker', () => {
  it('is over when all of it is text', () => {
    expect(new Ending(LIMITS, 0).isOver(1, { ...moving, isText: true })).toBe(true);
  });

  it('is over when it will never be text', () => {
    expect(new Ending(LIMITS, 0).isOver(1, { ...stuck, isHopeless: true })).toBe(true);
  });

  it('waits eight seconds while nothing moves', () => {
    const ending = new Ending(LIMITS, 0);
    expect([ending.isOver(7999, stuck), ending.isOver(8000, stuck)]).toEqual([false, true]);
  });

  it('waits on while speech goes to the recogniser, but not for ever', () => {
    const ending = new Ending(LIMITS, 0);
    for (let nowMs = 0; nowMs < 100_000; nowMs += 1000) expect(ending.isOver(nowMs, moving)).toBe(false);
    expect(ending.isOver(100_000, moving)).toBe(true);
  });

  it('waits six seconds for the answer to the last words', () => {
    const ending = new Ending(LIMITS, 0);
    ending.isOver(50_000, moving);
    expect([ending.isOver(51_000, sent), ending.isOver(56_999, sent), ending.isOver(57_000, sent)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('waits anew when the words have to be sent again', () => {
    const ending = new Ending(LIMITS, 0);
    ending.isOver(1000, moving);
    ending.isOver(2000, sent);
    ending.isOver(7000, moving);
    expect([ending.isOver(9000, sent), ending.isOver(14_999, sent)]).toEqual([false, false]);
  });
});
