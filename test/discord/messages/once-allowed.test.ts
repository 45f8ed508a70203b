import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Failure, failureOf, KnownFailure } from '../../../src/discord/messages/failure.ts';
import { onceAllowed } from '../../../src/discord/messages/once-allowed.ts';
import { Pace } from '../../../src/discord/messages/pace.ts';

const limited = { kind: 'rate limited', waitMs: 2_000, isOfMessage: true } as const;
const trouble = { kind: 'try again' } as const;
const gone = { kind: 'message gone' } as const;

/** Makes a request that fails in these ways before it succeeds; tells its outcome, attempts and waits. */
async function request(failures: readonly Failure[], pace = new Pace(), signal = new AbortController().signal) {
  const waitsMs: number[] = [];
  let attempts = 0;
  const ask = async () => {
    const failure = failures[attempts];
    attempts += 1;
    if (failure) throw new KnownFailure(failure);
    return 'done';
  };
  const sleep = async (ms: number) => void (ms > 0 && waitsMs.push(Math.ceil(ms)));
  const outcome = await onceAllowed(pace, signal, ask, sleep).catch((error: unknown) => failureOf(error).kind);
  return { outcome, attempts, waitsMs };
}

describe('a request that nobody waits for', () => {
  it('waits until the limits allow it', async () => {
    vi.useFakeTimers({ toFake: ['performance'] }); // a slow machine asks a millisecond later
    onTestFinished(() => void vi.useRealTimers());
    const pace = new Pace();
    pace.holdFor(60_000);
    const { outcome, waitsMs } = await request([], pace);
    expect(outcome).toBe('done');
    expect(waitsMs).toEqual([60_000]);
  });

  it('is made again whenever Discord wants it to wait, as often as it takes', async () => {
    const failures = Array.from({ length: 10 }, () => limited);
    expect(await request(failures)).toEqual({ outcome: 'done', attempts: 11, waitsMs: failures.map(() => 2_000) });
  });

  it('is made four times at most while Discord is in trouble', async () => {
    expect(await request([trouble, trouble, trouble])).toMatchObject({ outcome: 'done', attempts: 4 });
    expect(await request([trouble, limited, trouble, trouble])).toMatchObject({ outcome: 'done', attempts: 5 });
    expect(await request([trouble, trouble, trouble, trouble])).toMatchObject({ outcome: 'try again', attempts: 4 });
  });

  it('fails at once where trying again does not help', async () => {
    expect(await request([gone])).toEqual({ outcome: 'message gone', attempts: 1, waitsMs: [] });
  });

  it('fails with the reason of the signal when that aborts meanwhile, whatever Discord answers', async () => {
    const abort = new AbortController();
    const ask = async () => {
      abort.abort(new Error('going down'));
      throw new KnownFailure(gone);
    };
    await expect(onceAllowed(new Pace(), abort.signal, ask)).rejects.toThrow('going down');
  });

  it('is not made any more once the signal aborts', async () => {
    expect(await request([], new Pace(), AbortSignal.abort())).toMatchObject({ attempts: 0 });
  });
});
