import { describe, expect, it } from 'vitest';
import type { Gap } from '../../../src/core/record.ts';
import { GapLedger } from '../../../src/palabra/results/gap-ledger.ts';

function makeLedger() {
  const gaps: Gap[] = [];
  return { gaps, ledger: new GapLedger('ann', (gap) => gaps.push(gap)) };
}

describe('losses of one person', () => {
  const why = 'too much at once';
  it.each([
    [
      'are one where 2 s lie between them',
      [
        [5_000, 6_000],
        [8_000, 9_000],
      ],
      [[5_000, 9_000]],
    ],
    [
      'are two where more lies between them',
      [
        [5_000, 6_000],
        [8_001, 9_000],
      ],
      [
        [5_000, 6_000],
        [8_001, 9_000],
      ],
    ],
    [
      'are one for a minute',
      [
        [1_000, 30_000],
        [30_000, 61_000],
      ],
      [[1_000, 61_000]],
    ],
    [
      'are reported in parts after a minute',
      [
        [1_000, 30_000],
        [30_000, 61_001],
      ],
      [
        [1_000, 30_000],
        [30_000, 61_001],
      ],
    ],
    ['are reported whole when one is longer', [[100_000, 170_000]], [[100_000, 170_000]]],
  ])('%s', (_, losses, reported) => {
    const { gaps, ledger: account } = makeLedger();
    for (const [startMs = 0, endMs = 0] of losses) account.addLoss(startMs, endMs, why, false, endMs);
    account.reportOpen();
    expect(gaps.map(({ startMs, endMs }) => [startMs, endMs])).toEqual(reported);
  });

  it('are one that a socket had, from its beginning to its end', () => {
    const { gaps, ledger: account } = makeLedger();
    account.addLoss(0, 320, why, true, 0);
    account.addLoss(320, 640, why, true, 0);
    account.confirmUnsure();
    account.reportOpen();
    expect(gaps).toMatchObject([{ startMs: 0, endMs: 640 }]);
  });

  it('are open until they are reported, and are reported once', () => {
    const { gaps, ledger: account } = makeLedger();
    account.reportSettled(10_000);
    expect(account.isOpen).toBe(false);
    account.addLoss(0, 320, why, false, 0);
    expect(account.isOpen).toBe(true);
    account.reportOpen();
    account.reportOpen();
    expect([account.isOpen, gaps.length]).toEqual([false, 1]);
  });
});

describe('a ledger of gaps', () => {
  it('reports neighbouring losses as one', () => {
    const { gaps, ledger } = makeLedger();
    ledger.addLoss(0, 320, 'too much at once', false, 0);
    ledger.addLoss(320, 640, 'too much at once', false, 300);
    ledger.reportSettled(2300);
    expect(gaps).toEqual([]);
    ledger.reportSettled(2301);
    expect(gaps).toEqual([{ speakerId: 'ann', startMs: 0, endMs: 640, reason: 'too much at once' }]);
  });

  it('reports losses with different reasons apart', () => {
    const { gaps, ledger } = makeLedger();
    ledger.addLoss(0, 320, 'too much at once', false, 0);
    ledger.addLoss(320, 640, 'recogniser unavailable', false, 300);
    ledger.reportOpen();
    expect(gaps.map(({ reason }) => reason)).toEqual(['too much at once', 'recogniser unavailable']);
  });

  it('reports audio that a socket has only when the socket is lost', () => {
    const { gaps, ledger } = makeLedger();
    ledger.addLoss(0, 320, 'recogniser unavailable', true, 0);
    ledger.reportOpen();
    expect(gaps).toEqual([]);
    ledger.confirmUnsure();
    ledger.reportOpen();
    expect(gaps).toHaveLength(1);
  });

  it('forgets audio that a socket had when all of it became text', () => {
    const { gaps, ledger } = makeLedger();
    ledger.addLoss(0, 320, 'recogniser unavailable', true, 0);
    ledger.markAllText();
    ledger.confirmUnsure();
    ledger.reportOpen();
    expect(gaps).toEqual([]);
  });
});
