import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Shared } from '../../../../src/web/live/feed/shared.ts';

const MINUTE_MS = 60_000;

/** Things that are opened for whoever asks, and what happened to them. */
function things() {
  const happened: string[] = [];
  const at = { isOver: false };
  const shared = new Shared<string>({
    close: (thing) => happened.push(`closed ${thing}`),
    isOver: () => at.isOver,
  });
  onTestFinished(() => shared[Symbol.dispose]());
  let opened = 0;
  const open = async () => {
    opened += 1;
    happened.push(`opened ${opened}`);
    return `${opened}`;
  };
  return { at, happened, shared, open };
}

describe('a thing that several use', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => void vi.useRealTimers();
  });

  it('is opened once, and closed a minute after the last has left', async () => {
    const { shared, open, happened } = things();
    const [one, two] = await Promise.all([shared.join('a', open), shared.join('a', open)]);
    expect([one[0], two[0]]).toEqual(['1', '1']);
    one[1]();
    one[1](); // twice is once
    await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
    expect(happened).toEqual(['opened 1']);
    two[1]();
    await vi.advanceTimersByTimeAsync(MINUTE_MS - 1);
    expect(happened).toEqual(['opened 1']);
    await vi.advanceTimersByTimeAsync(1);
    expect(happened).toEqual(['opened 1', 'closed 1']);
    expect((await shared.join('a', open))[0]).toBe('2');
  });

  it('stays open for whoever comes within that minute', async () => {
    const { shared, open, happened } = things();
    const [, leave] = await shared.join('a', open);
    leave();
    await vi.advanceTimersByTimeAsync(MINUTE_MS - 1);
    expect((await shared.join('a', open))[0]).toBe('1');
    await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
    expect(happened).toEqual(['opened 1']);
  });

  it('is closed at once when it is over', async () => {
    const { shared, open, happened, at } = things();
    const [, leave] = await shared.join('a', open);
    at.isOver = true;
    leave();
    await vi.advanceTimersByTimeAsync(0);
    expect(happened).toEqual(['opened 1', 'closed 1']);
  });

  it('is another one under another name', async () => {
    const { shared, open } = things();
    expect((await shared.join('a', open))[0]).toBe('1');
    expect((await shared.join('b', open))[0]).toBe('2');
  });

  it('that cannot be opened fails for everybody who waits, and is tried again for who comes later', async () => {
    const { shared, open } = things();
    const failing = async () => {
      throw new Error('the database is away');
    };
    const waiting = await Promise.allSettled([shared.join('a', failing), shared.join('a', open)]);
    expect(waiting.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect((await shared.join('a', open))[0]).toBe('1');
  });

  it('is closed with all others, also one that is still being opened', async () => {
    const { shared, open, happened } = things();
    await shared.join('a', open);
    const late = Promise.withResolvers<string>();
    void shared.join('b', () => late.promise);
    shared[Symbol.dispose]();
    late.resolve('late');
    await vi.advanceTimersByTimeAsync(0);
    expect(happened).toEqual(['opened 1', 'closed 1', 'closed late']);
  });
});
