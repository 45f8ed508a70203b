import { describe, expect, it } from 'vitest';
import type { Gap } from '../../../src/core/record.ts';
import { GapLedger } from '../../../src/palabra/results/gap-ledger.ts';

function makeLedger() {
  const gaps: Gap[] = [];
  return { gaps, ledger: new GapLedger('ann', (gap) => gaps.push(gap)) };
}

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
