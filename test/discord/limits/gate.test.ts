import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Importance, SharedLimits, Turn } from '../../../src/core/ports/shared-limits.ts';
import { Gate } from '../../../src/discord/limits/gate.ts';
import { failureOf } from '../../../src/discord/messages/failure.ts';

/** Grants what tests put in, by importance. */
class Granting implements SharedLimits {
  left: Record<Importance, number> = { 'must go': 0, 'may wait': 0 };
  free = 0.5;
  async takeRequest(_: unknown, importance: Importance): Promise<Turn> {
    if (this.left[importance] === 0) return { isGranted: false, free: 0, waitMs: 100 };
    this.left[importance] -= 1;
    return { isGranted: true, free: this.free, waitMs: 0 };
  }
  async blockRequests(): Promise<void> {}
  async takeLogin(): Promise<Turn> {
    return { isGranted: true, free: 1, waitMs: 0 };
  }
}

function gate() {
  const limits = new Granting();
  const gate = new Gate('token', limits);
  const passed: string[] = [];
  const pass = (name: string, importance: Importance = 'must go', signal?: AbortSignal) =>
    gate.pass(importance, signal).then(
      () => void passed.push(name),
      (error: unknown) => void passed.push(`${name} not: ${failureOf(error).kind}`),
    );
  return { limits, gate, passed, pass };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the gate of requests', () => {
  it('lets everything through in its order while the limit has room', async () => {
    const { limits, pass, passed } = gate();
    limits.left = { 'must go': 9, 'may wait': 9 };
    await Promise.all([pass('a final'), pass('another'), pass('an edit', 'may wait')]);
    expect(passed).toEqual(['a final', 'another', 'an edit']);
  });

  it('lets finals overtake edits that wait already', async () => {
    const { limits, pass, passed } = gate();
    void pass('an edit', 'may wait');
    void pass('a final');
    await vi.advanceTimersByTimeAsync(50);
    limits.left = { 'must go': 1, 'may wait': 1 };
    await vi.advanceTimersByTimeAsync(100);
    expect(passed).toEqual(['a final', 'an edit']);
  });

  it('does not let a final wait as long as the edit before it', async () => {
    const { limits, pass, passed } = gate();
    void pass('an edit', 'may wait');
    await vi.advanceTimersByTimeAsync(10);
    limits.left['must go'] = 1;
    void pass('a final');
    await vi.advanceTimersByTimeAsync(1);
    expect(passed).toEqual(['a final']);
  });

  it('sends away what may wait, to come again with what is new by then', async () => {
    const { pass, passed } = gate();
    void pass('an edit', 'may wait');
    void pass('a final');
    await vi.advanceTimersByTimeAsync(300);
    expect(passed).toEqual(['an edit not: crowded out']);
  });

  it('never sends away what must go', async () => {
    const { limits, pass, passed } = gate();
    void pass('a final');
    await vi.advanceTimersByTimeAsync(60_000);
    limits.left['must go'] = 1;
    await vi.advanceTimersByTimeAsync(150);
    expect(passed).toEqual(['a final']);
  });

  it('forgets what is given up, and uses no turn for it', async () => {
    const { limits, gate: theGate, pass, passed } = gate();
    const giveUp = new AbortController();
    const lost = theGate.pass('must go', giveUp.signal);
    void pass('a final');
    await vi.advanceTimersByTimeAsync(10);
    giveUp.abort(new Error('too late'));
    await expect(lost).rejects.toThrow('too late');
    limits.left['must go'] = 1;
    await vi.advanceTimersByTimeAsync(150);
    expect(passed).toEqual(['a final']);
    expect(() => theGate.pass('must go', giveUp.signal)).toThrow('too late');
  });

  it('reports what happened since the last report', async () => {
    const { limits, gate: theGate, pass } = gate();
    expect(theGate.takeReport()).toEqual({ granted: 0, crowdedOut: 0, longestWaitMs: 0, free: 1 });
    void pass('an edit', 'may wait');
    void pass('a final');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(theGate.takeReport()).toEqual({ granted: 0, crowdedOut: 1, longestWaitMs: 2_000, free: 0 });
    limits.left['must go'] = 1;
    await vi.advanceTimersByTimeAsync(200);
    const report = theGate.takeReport();
    expect(report).toMatchObject({ granted: 1, crowdedOut: 0, free: 0.5 });
    expect(report.longestWaitMs).toBeGreaterThan(2_000);
    expect(theGate.takeReport()).toEqual({ granted: 0, crowdedOut: 0, longestWaitMs: 0, free: 1 });
  });
});
