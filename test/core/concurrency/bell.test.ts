import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Bell } from '../../../src/core/concurrency/bell.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a bell', () => {
  it('wakes everybody who waits when it rings, and nobody who comes later', async () => {
    const bell = new Bell();
    const waiting = [bell.wait(), bell.wait()];
    bell.ring();
    expect(await Promise.all(waiting)).toEqual(['rung', 'rung']);
    const late = vi.fn();
    void bell.wait().then(late);
    await Promise.resolve();
    expect(late).not.toHaveBeenCalled();
  });

  it('wakes whoever waits when the time is up, and not again when it rings later', async () => {
    const bell = new Bell();
    const waiting = bell.wait(undefined, 1_000);
    vi.advanceTimersByTime(999);
    vi.advanceTimersByTime(1);
    bell.ring();
    expect(await waiting).toBe('time is up');
  });

  it('wakes whoever waits when the signal aborts, or has aborted before', async () => {
    const bell = new Bell();
    const gone = new AbortController();
    const waiting = bell.wait(gone.signal, 1_000);
    gone.abort();
    expect([await waiting, await bell.wait(gone.signal, 1_000)]).toEqual(['aborted', 'aborted']);
  });

  it.each(['rings', 'aborts'])('leaves neither a timer nor a listener behind once it %s', async (what) => {
    const bell = new Bell();
    const gone = new AbortController();
    const waiting = bell.wait(gone.signal, 1_000);
    if (what === 'rings') bell.ring();
    else gone.abort();
    await waiting;
    expect([vi.getTimerCount(), getEventListeners(gone.signal, 'abort')]).toEqual([0, []]);
  });

  it('leaves no listener behind when the time is up', async () => {
    const gone = new AbortController();
    const waiting = new Bell().wait(gone.signal, 1_000);
    vi.advanceTimersByTime(1_000);
    await waiting;
    expect(getEventListeners(gone.signal, 'abort')).toEqual([]);
  });
});
