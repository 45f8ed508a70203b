import { describe, expect, it } from 'vitest';
import type { FinalSegment } from '../../src/core/segment.ts';
import { SpokenOrder } from '../../src/core/spoken-order.ts';
import { makeFinal } from '../support/make.ts';

const nothingUntold = () => false;
const untoldSince = (sinceMs: number) => (final: FinalSegment) => sinceMs < final.startMs;

describe('the spoken order', () => {
  it('lets a final through at once when nobody is in the middle of something', () => {
    const order = new SpokenOrder();
    const only = makeFinal({ startMs: 500 });
    order.add(only, 2_000);
    expect(order.release(2_000, nothingUntold)).toEqual([only]);
    expect(order.size).toBe(0);
  });

  it('holds a reply until the question that began earlier is told', () => {
    const order = new SpokenOrder();
    const reply = makeFinal({ utteranceId: 'reply', startMs: 5_000 });
    const question = makeFinal({ utteranceId: 'question', startMs: 1_000 });
    order.add(reply, 7_000);
    expect(order.release(7_000, untoldSince(1_000))).toEqual([]);
    expect(order.holds('reply')).toBe(true);
    order.add(question, 9_000);
    expect(order.release(9_000, nothingUntold)).toEqual([question, reply]);
  });

  it('does not wait for speech that began later', () => {
    const order = new SpokenOrder();
    const early = makeFinal({ startMs: 1_000 });
    order.add(early, 3_000);
    expect(order.release(3_000, untoldSince(2_000))).toEqual([early]);
  });

  it('stops waiting for an endless monologue after ten seconds', () => {
    const order = new SpokenOrder();
    const reply = makeFinal({ startMs: 5_000 });
    order.add(reply, 6_000);
    expect(order.release(15_999, untoldSince(0))).toEqual([]);
    expect(order.release(16_000, untoldSince(0))).toEqual([reply]);
  });

  it('never lets a later final overtake an earlier one when the earlier has waited less', () => {
    const order = new SpokenOrder();
    const late = makeFinal({ utteranceId: 'late', startMs: 5_000 });
    const early = makeFinal({ utteranceId: 'early', startMs: 4_000 });
    order.add(late, 6_000);
    order.add(early, 12_000);
    expect(order.release(16_000, untoldSince(0))).toEqual([early, late]);
  });

  it('gives up everything it holds, in order, when the meeting is over', () => {
    const order = new SpokenOrder();
    const second = makeFinal({ utteranceId: 'b', startMs: 2_000 });
    const first = makeFinal({ utteranceId: 'a', startMs: 1_000 });
    order.add(second, 3_000);
    order.add(first, 3_000);
    expect(order.releaseAll()).toEqual([first, second]);
  });
});
