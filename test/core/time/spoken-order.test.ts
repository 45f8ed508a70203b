import { describe, expect, it } from 'vitest';
import { type Pending, SpokenOrder } from '../../../src/core/time/spoken-order.ts';
import { makeFinal } from '../../support/make.ts';

const nothingPending: readonly Pending[] = [];
const pendingSince = (startMs: number, of = 'somebody'): readonly Pending[] => [{ of, startMs }];

describe('the spoken order', () => {
  it('lets a final through at once when nobody is in the middle of something', () => {
    const order = new SpokenOrder();
    const only = makeFinal({ startMs: 500 });
    order.add(only, 2_000);
    expect(order.release(2_000, nothingPending)).toEqual([only]);
    expect(order.size).toBe(0);
  });

  it('holds a reply until the question that began earlier is told', () => {
    const order = new SpokenOrder();
    const reply = makeFinal({ utteranceId: 'reply', startMs: 5_000 });
    const question = makeFinal({ utteranceId: 'question', startMs: 1_000 });
    order.add(reply, 7_000);
    expect(order.release(7_000, pendingSince(1_000))).toEqual([]);
    expect(order.holds('reply')).toBe(true);
    order.add(question, 9_000);
    expect(order.release(9_000, nothingPending)).toEqual([question, reply]);
  });

  it('does not wait for speech that began later', () => {
    const order = new SpokenOrder();
    const early = makeFinal({ startMs: 1_000 });
    order.add(early, 3_000);
    expect(order.release(3_000, pendingSince(2_000))).toEqual([early]);
  });

  it('stops waiting for an endless monologue after ten seconds', () => {
    const order = new SpokenOrder();
    const reply = makeFinal({ startMs: 5_000 });
    order.add(reply, 6_000);
    expect(order.release(15_999, pendingSince(0))).toEqual([]);
    expect(order.release(16_000, pendingSince(0))).toEqual([reply]);
  });

  it('never lets a later final overtake an earlier one when the earlier has waited less', () => {
    const order = new SpokenOrder();
    const late = makeFinal({ utteranceId: 'late', startMs: 5_000 });
    const early = makeFinal({ utteranceId: 'early', startMs: 4_000 });
    order.add(late, 6_000);
    order.add(early, 12_000);
    expect(order.release(16_000, pendingSince(0))).toEqual([early, late]);
  });

  /** The finals of somebody else, one a second, each released as soon as may be; gives how long each waited. */
  function waits(order: SpokenOrder, fromS: number, pendingAt: (s: number) => readonly Pending[]): number[] {
    const cameS = new Map<string, number>();
    const waited: number[] = [];
    for (let s = fromS; s < fromS + 40; s++) {
      const utteranceId = `at ${s}`;
      cameS.set(utteranceId, s);
      order.add(makeFinal({ utteranceId, speakerId: 'other', startMs: 1_000 * s }), 1_000 * s);
      for (const final of order.release(1_000 * s, pendingAt(s))) waited.push(s - (cameS.get(final.utteranceId) ?? s));
    }
    return waited;
  }

  it('waits ten seconds once for an utterance that never ends, however much is said meanwhile', () => {
    const waited = waits(new SpokenOrder(), 1, () => pendingSince(0));
    expect(waited.slice(0, 10)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(waited.slice(10)).toEqual(Array(30).fill(0));
  });

  it('waits ten seconds once for noise that goes on and never becomes text', () => {
    const waited = waits(new SpokenOrder(), 20, (s) => pendingSince(1_000 * s - 8_000));
    expect(waited.at(-1)).toBe(0);
    expect(Math.max(...waited.slice(12))).toBe(0);
  });

  it('waits anew for what they say next', () => {
    const order = new SpokenOrder();
    waits(order, 1, () => pendingSince(0));
    order.add(makeFinal({ speakerId: 'somebody', startMs: 0 }), 50_000);
    order.release(50_000, pendingSince(49_000));
    order.add(makeFinal({ startMs: 50_000 }), 51_000);
    expect(order.release(51_000, pendingSince(49_000))).toEqual([]);
  });

  it('does not wait anew for what never ends when they say something else meanwhile', () => {
    const order = new SpokenOrder();
    waits(order, 1, () => pendingSince(0));
    const theirs = makeFinal({ speakerId: 'somebody', startMs: 49_000 });
    order.add(theirs, 50_000);
    expect(order.release(50_000, pendingSince(0))).toEqual([theirs]);
  });

  it('tells those that were begun at the same moment at once', () => {
    const order = new SpokenOrder();
    const reply = makeFinal({ startMs: 5_000 });
    order.add(reply, 6_000);
    expect(order.release(6_000, pendingSince(5_000))).toEqual([reply]);
  });

  it('begins to wait for somebody when they hold up a final, not before', () => {
    const order = new SpokenOrder();
    order.release(1_000, pendingSince(0)); // nothing is held
    order.add(makeFinal({ startMs: 5_000 }), 6_000);
    expect(order.release(15_999, pendingSince(0))).toEqual([]);
    order.release(15_999, pendingSince(0));
    expect(order.size).toBe(1);
  });

  it('waits for each person on their own', () => {
    const order = new SpokenOrder();
    order.add(makeFinal({ utteranceId: 'held up by one', startMs: 2_000 }), 3_000);
    order.release(3_000, pendingSince(1_000, 'one'));
    const both = [...pendingSince(1_000, 'one'), ...pendingSince(3_000, 'other')];
    order.add(makeFinal({ utteranceId: 'held up by both', startMs: 4_000 }), 12_000);
    order.release(12_000, both);
    expect(order.release(13_000, both).map(({ utteranceId }) => utteranceId)).toEqual(['held up by one']);
    expect(order.release(22_000, both).map(({ utteranceId }) => utteranceId)).toEqual(['held up by both']);
  });

  it('waits anew for somebody who was told in the meantime', () => {
    const order = new SpokenOrder();
    waits(order, 1, () => pendingSince(0));
    order.release(45_000, nothingPending);
    order.add(makeFinal({ startMs: 50_000 }), 51_000);
    expect(order.release(51_000, pendingSince(0))).toEqual([]);
  });

  it('knows which finals it holds', () => {
    const order = new SpokenOrder();
    order.add(makeFinal({ utteranceId: 'a', startMs: 1_000 }), 2_000);
    order.add(makeFinal({ utteranceId: 'b', startMs: 2_000 }), 3_000);
    expect(['a', 'b', 'c'].map((id) => order.holds(id))).toEqual([true, true, false]);
  });

  it('drops what one person said, and nothing of anybody else', () => {
    const order = new SpokenOrder();
    const [ana, ben] = [makeFinal({ utteranceId: 'a' }), makeFinal({ utteranceId: 'b', speakerId: 'ben' })];
    order.add(ana, 3_000);
    order.add(ben, 3_000);
    expect(order.drop('ben')).toEqual(['b']);
    expect(order.drop('ben')).toEqual([]);
    expect(order.releaseAll()).toEqual([ana]);
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
