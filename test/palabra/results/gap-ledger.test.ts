import { describe, expect, it } from 'vitest';
import type { Gap } from '../../../src/core/record.ts';
import { GapLedger } from '../../../src/palabra/results/gap-ledger.ts';

function ledger() {
  const gaps: Gap[] = [];
  return { gaps, ledger: new GapLedger('ann', (gap) => gaps.push(gap)) };
}

describe('the account of what one person said in vain', () => {
  it('tells neighbouring losses as one', () => {
    const { gaps, ledger: account } = ledger();
    account.addLoss(0, 320, 'too much at once', false, 0);
    account.addLoss(320, 640, 'too much at once', false, 300);
    account.reportSettled(2300);
    expect(gaps).toEqual([]);
    account.reportSettled(2301);
    expect(gaps).toEqual([{ speakerId: 'ann', startMs: 0, endMs: 640, reason: 'too much at once' }]);
  });

  it('tells losses of different reasons apart', () => {
    const { gaps, ledger: account } = ledger();
    account.addLoss(0, 320, 'too much at once', false, 0);
    account.addLoss(320, 640, 'recogniser unavailable', false, 300);
    account.reportOpen();
    expect(gaps.map(({ reason }) => reason)).toEqual(['too much at once', 'recogniser unavailable']);
  });

  it('tells what a socket has only when that is lost', () => {
    const { gaps, ledger: account } = ledger();
    account.addLoss(0, 320, 'recogniser unavailable', true, 0);
    account.reportOpen();
    expect(gaps).toEqual([]);
    account.confirmUnsure();
    account.reportOpen();
    expect(gaps).toHaveLength(1);
  });

  it('forgets what a socket had when all of it became text', () => {
    const { gaps, ledger: account } = ledger();
    account.addLoss(0, 320, 'recogniser unavailable', true, 0);
    account.markAllText();
    account.confirmUnsure();
    account.reportOpen();
    expect(gaps).toEqual([]);
  });
});
