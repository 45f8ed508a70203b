import { describe, expect, it } from 'vitest';
import { EditTimes } from '../../../src/discord/panel/edit-times.ts';

const NOW_MS = 100_000;

function afterwards(happens: (times: EditTimes) => void): EditTimes {
  const times = new EditTimes();
  happens(times);
  return times;
}

/** The first of these moments at which something is so, in ms after it happened. */
function since(moments: readonly number[], isSo: (nowMs: number) => boolean): number | undefined {
  return moments.find((ms) => isSo(NOW_MS + ms));
}

describe('the times of a panel’s edits', () => {
  it('let the first one go at once', () => {
    const times = new EditTimes();
    expect([times.isHeld(0), times.mayEdit(0, false), times.areFiguresDue(0), times.isOverdue(0)]).toEqual([
      ...[false, true, true, false],
    ]);
  });

  it.each([
    ['is quiet', false, 5_000],
    ['is busy', true, 15_000],
  ])('leave the channel to the transcript for a while when it %s', (_, isBusy, ms) => {
    const times = afterwards((it) => it.noteEdited(NOW_MS, isBusy));
    expect([times.mayEdit(NOW_MS + ms - 1, false), times.mayEdit(NOW_MS + ms, false)]).toEqual([false, true]);
    expect(times.mayEdit(NOW_MS, true)).toBe(true); // another phase
    expect(times.untilEditMs(NOW_MS + 1_000)).toBe(ms - 1_000);
  });

  it('put off numbers alone, and make the panel wait its turn', () => {
    const times = afterwards((it) => it.noteBrought(NOW_MS));
    expect(since([0, 19_999, 20_000], (ms) => times.areFiguresDue(ms))).toBe(20_000);
    expect(since([0, 29_999, 30_000], (ms) => times.isOverdue(ms))).toBe(30_000);
    expect(times.mayEdit(NOW_MS, false)).toBe(true);
  });

  it('come later with every failure in a row, also for another phase', () => {
    const times = new EditTimes();
    const delayOf = (failures: number) => failures * 1_000;
    times.noteFailed(NOW_MS, delayOf);
    expect(since([999, 1_000], (ms) => times.mayEdit(ms, true))).toBe(1_000);
    times.noteFailed(NOW_MS, delayOf);
    expect(since([1_999, 2_000], (ms) => times.mayEdit(ms, true))).toBe(2_000);
    times.noteBrought(NOW_MS);
    expect([times.mayEdit(NOW_MS, true), times.mayEdit(NOW_MS, false)]).toEqual([true, false]);
    times.noteFailed(NOW_MS, delayOf);
    expect(since([999, 1_000], (ms) => times.mayEdit(ms, false))).toBe(1_000);
  });

  it('put off numbers alone where other requests go first', () => {
    const times = afterwards((it) => it.noteCrowdedOut(NOW_MS));
    expect(since([4_999, 5_000], (ms) => times.areFiguresDue(ms))).toBe(5_000);
    expect(times.mayEdit(NOW_MS, false)).toBe(true);
  });

  it('hold every edit for as long as Discord says', () => {
    const times = afterwards((it) => it.hold(NOW_MS + 60_000));
    expect(since([0, 59_999, 60_000], (ms) => !times.isHeld(ms))).toBe(60_000);
    expect(since([0, 59_999, 60_000], (ms) => times.mayEdit(ms, false))).toBe(60_000);
  });

  it('let a new message go at once', () => {
    const times = afterwards((it) => it.noteEdited(NOW_MS, true));
    times.renewNow(NOW_MS + 1);
    expect(times.mayEdit(NOW_MS + 1, false)).toBe(true);
  });
});
