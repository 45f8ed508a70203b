import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Inbox } from '../../../src/core/concurrency/inbox.ts';

const never = new AbortController().signal;

describe('an inbox', () => {
  it('gives what was put before and after somebody asked, in order', async () => {
    const inbox = new Inbox<{ n: number }>();
    inbox.put({ n: 1 });
    const items = inbox.items(never);
    expect((await items.next()).value).toEqual({ n: 1 });
    const second = items.next();
    inbox.put({ n: 2 });
    expect((await second).value).toEqual({ n: 2 });
  });

  it('gives what is left before it ends', async () => {
    const inbox = new Inbox<{ n: number }>();
    inbox.put({ n: 1 });
    inbox.finish();
    inbox.put({ n: 2 });
    expect(await Array.fromAsync(inbox.items(never))).toEqual([{ n: 1 }]);
  });

  it('ends for who waits already', async () => {
    const inbox = new Inbox();
    const waiting = inbox.items(never).next();
    inbox.finish();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('leaves nothing behind on the signal', async () => {
    const { signal } = new AbortController();
    const inbox = new Inbox();
    inbox.finish();
    await Array.fromAsync(inbox.items(signal));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('stops waiting when it is aborted, and says why', async () => {
    const stop = new AbortController();
    const waiting = new Inbox().items(stop.signal).next();
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});
