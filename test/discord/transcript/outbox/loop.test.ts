import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Loop, type Step } from '../../../../src/discord/transcript/outbox/loop.ts';

/** A loop over steps that are planned one by one; it keeps what was run, and how it stopped. */
function loopOver(steps: Step[], signal: AbortSignal = new AbortController().signal) {
  const stops: unknown[] = [];
  const loop = new Loop({ plan: () => steps[0], stopped: (failure) => stops.push(failure?.error), signal });
  return { loop, stops };
}

describe('a loop over steps', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('runs one after another, and rests when there are no more', async () => {
    const ran: string[] = [];
    const steps: Step[] = ['one', 'two'].map((name) => ({
      waitMs: 0,
      run: async () => {
        ran.push(name);
        steps.shift();
      },
    }));
    const { loop, stops } = loopOver(steps);
    loop.wake();
    expect([loop.isRunning, ran]).toEqual([true, []]); // what is called in this tick joins the first step
    await vi.advanceTimersByTimeAsync(0);
    expect([loop.isRunning, ran, stops]).toEqual([false, ['one', 'two'], [undefined]]);
  });

  it('does not start while there is nothing to do', () => {
    const { loop, stops } = loopOver([]);
    loop.wake();
    expect([loop.isRunning, stops]).toEqual([false, []]);
  });

  it('plans anew when a wait is over, or when it is woken before', async () => {
    const ran: string[] = [];
    const finish = (name: string) => async () => {
      ran.push(name);
      steps.length = 0;
    };
    const steps: Step[] = [{ waitMs: 5_000, run: finish('later') }];
    const { loop } = loopOver(steps);
    loop.wake();
    await vi.advanceTimersByTimeAsync(1_000);
    steps[0] = { waitMs: 0, run: finish('now') };
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ran).toEqual([]); // nobody said so
    loop.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(ran).toEqual(['now']);
  });

  it.each([
    ['a step', [{ waitMs: 0, run: async () => Promise.reject(new Error('broken')) }]],
    ['a plan', undefined],
  ])('stops with the error that %s throws, and throws nothing itself', async (_, steps) => {
    const stops: unknown[] = [];
    const plan = () => {
      if (!steps) throw new Error('broken');
      return steps[0];
    };
    const { signal } = new AbortController();
    const loop = new Loop({ plan, stopped: (failure) => stops.push(failure?.error), signal });
    loop.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(stops).toEqual([new Error('broken')]);
    expect(loop.isRunning).toBe(false);
  });

  it('ends a wait when the signal aborts', async () => {
    const abort = new AbortController();
    const { loop, stops } = loopOver([{ waitMs: 5_000, run: async () => {} }], abort.signal);
    loop.wake();
    await vi.advanceTimersByTimeAsync(0);
    abort.abort(new Error('going down'));
    await vi.advanceTimersByTimeAsync(0);
    expect(stops).toEqual([new Error('going down')]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
