import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Log, quiet } from '../../../src/core/log.ts';
import { ForgivingJournal } from '../../../src/core/meeting/forgiving-journal.ts';
import type { FinalSegment, TranslationSegment } from '../../../src/core/segment.ts';
import { makeFinal, makeHead } from '../../support/make.ts';
import { MemoryJournal } from '../../support/ports.ts';

/** A journal whose writes wait while the test holds them. */
class HeldJournal extends MemoryJournal {
  readonly waiting: { readonly done: () => void; readonly fail: (error: Error) => void }[] = [];
  isAway = false;
  override async write(segment: FinalSegment | TranslationSegment): Promise<void> {
    if (this.isAway) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      this.waiting.push({ done: resolve, fail: reject });
      await promise;
    }
    await super.write(segment);
  }
}

function forgiving() {
  const journal = new HeldJournal();
  const notices: string[] = [];
  const errors: string[] = [];
  const log: Log = { ...quiet, error: (_, message) => errors.push(message) };
  const channel = { notice: ({ kind }: { kind: string }) => notices.push(kind) };
  return { journal, notices, errors, it: new ForgivingJournal(makeHead(), journal, channel, log) };
}

/** Whether a promise has resolved by now. */
async function isDone(promise: Promise<unknown>): Promise<boolean> {
  let isOver = false;
  void promise.then(() => {
    isOver = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  return isOver;
}

describe('the journal of a running meeting', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('waits for a write, but for a second at most', async () => {
    const { journal, it: kept } = forgiving();
    journal.isAway = true;
    const write = kept.write(makeFinal());
    await vi.advanceTimersByTimeAsync(999);
    expect(await isDone(write)).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await isDone(write)).toBe(true);
    expect(journal.segments).toEqual([]);
  });

  it('waits for no later one while an earlier one still waits, and for each again after that', async () => {
    const { journal, notices, it: kept } = forgiving();
    journal.isAway = true;
    const first = kept.write(makeFinal({ utteranceId: 'a' }));
    await vi.advanceTimersByTimeAsync(1_000);
    await first;
    expect(await isDone(kept.write(makeFinal({ utteranceId: 'b' })))).toBe(true);
    for (const { done } of journal.waiting.splice(0)) done();
    await vi.advanceTimersByTimeAsync(0);
    expect(journal.segments).toHaveLength(2);
    expect(await isDone(kept.write(makeFinal({ utteranceId: 'c' })))).toBe(false);
    expect(notices).toEqual([]);
  });

  it('tells people once of what was lost in the end, and the operator of each', async () => {
    const { journal, notices, errors, it: kept } = forgiving();
    journal.isAway = true;
    for (const utteranceId of ['a', 'b']) void kept.write(makeFinal({ utteranceId }));
    await vi.advanceTimersByTimeAsync(1_000);
    for (const { fail } of journal.waiting.splice(0)) fail(new Error('It was away for too long'));
    expect(await kept.flush(1_000)).toBe(true);
    expect([notices, errors.length]).toEqual([['journal failed'], 2]);
  });

  it('says at the end whether everything is written, as soon as it is, or after a limit', async () => {
    const { journal, it: kept } = forgiving();
    expect(await kept.flush(60_000)).toBe(true);
    journal.isAway = true;
    void kept.write(makeFinal());
    const flushed = kept.flush(60_000);
    const tooSoon = kept.flush(5_000);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await tooSoon).toBe(false);
    journal.waiting[0]?.done();
    expect(await flushed).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
