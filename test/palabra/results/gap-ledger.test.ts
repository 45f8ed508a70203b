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
    account.dropped(0, 320, 'too much at once', false, 0);
    account.dropped(320, 640, 'too much at once', false, 300);
    account.settle(2300);
    expect(gaps).toEqual([]);
    account.settle(2301);
    expect(gaps).toEqual([{ speakerId: 'ann', startMs: 0, endMs: 640, reason: 'too much at once' }]);
  });

  it('tells losses of different reasons apart', () => {
    const { gaps, ledger: account } = ledger();
    account.dropped(0, 320, 'too much at once', false, 0);
    account.dropped(320, 640, 'recogniser unavailable', false, 300);
    account.flush();
    expect(gaps.map(({ reason }) => reason)).toEqual(['too much at once', 'recogniser unavailable']);
  });

  it('tells what a socket has only when that is lost', () => {
    const { gaps, ledger: account } = ledger();
    account.dropped(0, 320, 'recogniser unavailable', true, 0);
    account.flush();
    expect(gaps).toEqual([]);
    account.unheard();
    account.flush();
    expect(gaps).toHaveLength(1);
  });

  it('forgets what a socket had when all of it became text', () => {
    const { gaps, ledger: account } = ledger();
    account.dropped(0, 320, 'recogniser unavailable', true, 0);
    account.told();
    account.unheard();
    account.flush();
    expect(gaps).toEqual([]);
  });
});
