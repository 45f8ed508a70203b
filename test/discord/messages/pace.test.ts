import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pace } from '../../../src/discord/messages/pace.ts';

const MARGIN_MS = 50;

/** An answer's rate-limit headers: five requests in five seconds. */
function answer(remaining: number, resetAfterMs: number): Headers {
  return new Headers({
    'x-ratelimit-limit': '5',
    'x-ratelimit-remaining': `${remaining}`,
    'x-ratelimit-reset-after': `${(resetAfterMs - MARGIN_MS) / 1_000}`,
  });
}

describe('the pace of requests within a rate limit', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'], now: 0 });
    vi.advanceTimersByTime(60_000);
  });
  afterEach(() => vi.useRealTimers());

  it('knows no limit before the first answer, nor without its headers', () => {
    const pace = new Pace();
    expect(pace.delayMs('may wait')).toBe(0);
    pace.learnFrom(new Headers());
    expect(pace.delayMs('may wait')).toBe(0);
  });

  it('lets a second request follow at once, then spreads the others over the rest of the window', () => {
    const pace = new Pace();
    pace.learnFrom(answer(4, 5_000));
    expect(pace.delayMs('must go')).toBe(0);
    pace.learnFrom(answer(3, 4_000));
    expect(pace.delayMs('must go')).toBe(1_000);
    vi.advanceTimersByTime(400);
    expect(pace.delayMs('must go')).toBe(600);
    pace.learnFrom(answer(0, 2_000));
    expect(pace.delayMs('must go')).toBe(2_000);
    vi.advanceTimersByTime(2_000);
    expect(pace.delayMs('must go')).toBe(0);
  });

  it('counts requests that are on their way, as the last answer may not have counted them', () => {
    const pace = new Pace();
    pace.learnFrom(answer(1, 2_000));
    expect(pace.delayMs('at once')).toBe(0);
    pace.noteSent();
    expect(pace.delayMs('at once')).toBe(2_000);
    pace.noteAnswered();
    expect(pace.delayMs('at once')).toBe(0);
  });

  it('knows when the window has room for one more request', () => {
    const pace = new Pace();
    expect(pace.untilRoomMs).toBe(0);
    pace.learnFrom(answer(1, 3_000));
    expect(pace.untilRoomMs).toBe(0);
    pace.noteSent();
    expect(pace.untilRoomMs).toBe(3_000);
    pace.noteAnswered();
    pace.learnFrom(answer(0, 2_000));
    vi.advanceTimersByTime(500);
    expect(pace.untilRoomMs).toBe(1_500);
    pace.holdFor(4_000);
    expect(pace.untilRoomMs).toBe(4_000);
    vi.advanceTimersByTime(4_000);
    expect(pace.untilRoomMs).toBe(0);
  });

  it('has translations leave one request of every window to finals, and words that grow two', () => {
    const pace = new Pace();
    pace.learnFrom(answer(2, 3_000));
    expect(pace.delayMs('must go')).toBe(1_000);
    expect(pace.delayMs('should go')).toBe(1_500);
    expect(pace.delayMs('may wait')).toBe(3_000);
  });

  it('has translations leave none when many people talk: they would come minutes late', () => {
    const pace = new Pace();
    for (const _ of ['one', 'two']) pace.noteText();
    pace.learnFrom(answer(2, 3_000));
    expect(pace.delayMs('should go')).toBe(1_000);
  });

  it('lets a final go at once while any request is left, as long as few become final', () => {
    const pace = new Pace();
    for (const remaining of [3, 2, 1]) {
      pace.learnFrom(answer(remaining, 3_000));
      expect(pace.delayMs('at once')).toBe(0);
    }
    pace.learnFrom(answer(0, 3_000));
    expect(pace.delayMs('at once')).toBe(3_000);
  });

  it('spreads finals, too, when many come: the last of them would otherwise wait for the whole window', () => {
    const pace = new Pace();
    pace.learnFrom(answer(3, 4_000));
    pace.noteText();
    expect(pace.delayMs('at once')).toBe(0);
    vi.advanceTimersByTime(1_000);
    pace.noteText();
    pace.learnFrom(answer(2, 3_000));
    expect(pace.delayMs('at once')).toBe(1_000);
    vi.advanceTimersByTime(4_000); // since the first of them five seconds have gone by
    pace.learnFrom(answer(2, 3_000));
    expect(pace.delayMs('at once')).toBe(0);
  });

  it.each([
    ['a limit', 'x-ratelimit-limit'],
    ['what is left', 'x-ratelimit-remaining'],
    ['when it begins anew', 'x-ratelimit-reset-after'],
  ])('learns nothing from an answer without %s, or with an empty one', (_, name) => {
    for (const value of [undefined, ' ', 'soon']) {
      const pace = new Pace();
      const headers = answer(0, 5_000);
      if (value === undefined) headers.delete(name);
      else headers.set(name, value);
      pace.learnFrom(headers);
      expect(pace.delayMs()).toBe(0);
    }
  });

  it('is busy where more of a window is used than a transcript and a panel need', () => {
    const pace = new Pace();
    expect(pace.isBusy).toBe(false);
    pace.learnFrom(answer(3, 5_000));
    expect(pace.isBusy).toBe(false);
    pace.learnFrom(answer(2, 5_000));
    expect(pace.isBusy).toBe(true);
  });

  it('knows how many requests may follow each other at once', () => {
    const pace = new Pace();
    expect(pace.atOnce).toBe(2); // nothing is known of the window
    pace.learnFrom(answer(5, 5_000));
    expect(pace.atOnce).toBe(2);
    pace.learnFrom(answer(4, 5_000));
    expect(pace.atOnce).toBe(1);
    pace.learnFrom(answer(3, 5_000));
    expect(pace.atOnce).toBe(0);
    vi.advanceTimersByTime(4_999);
    expect(pace.atOnce).toBe(1);
    vi.advanceTimersByTime(1);
    expect(pace.atOnce).toBe(2); // the window is over
  });

  it('takes talk for calm again five seconds after the last but one text, however many came before', () => {
    const pace = new Pace();
    for (const _ of ['one', 'two', 'three']) pace.noteText();
    vi.advanceTimersByTime(4_000);
    pace.noteText();
    vi.advanceTimersByTime(999);
    pace.learnFrom(answer(2, 3_000));
    expect(pace.delayMs('at once')).toBe(1_000);
    vi.advanceTimersByTime(1);
    pace.learnFrom(answer(2, 3_000));
    expect(pace.delayMs('at once')).toBe(0);
  });

  it('lets nothing go at once while all that is left is on its way', () => {
    const pace = new Pace();
    pace.learnFrom(
      new Headers({ 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '1.95' }),
    );
    expect(pace.delayMs('at once')).toBe(2_000);
  });

  it('allows nothing for a while after a failure', () => {
    const pace = new Pace();
    pace.holdFor(700);
    pace.learnFrom(answer(4, 100));
    expect(pace.delayMs('at once')).toBe(700);
    expect(pace.atOnce).toBe(0);
  });
});
