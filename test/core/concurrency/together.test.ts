import { describe, expect, it } from 'vitest';
import { together } from '../../../src/core/concurrency/together.ts';

const never = new AbortController().signal;

async function untilAborted(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

describe('work done together', () => {
  it('ends when every job has ended', async () => {
    const done: string[] = [];
    await together(never, [async () => void done.push('a'), async () => void done.push('b')]);
    expect(done).toEqual(['a', 'b']);
  });

  it('calls the others off when one fails, waits for them, and throws the first failure', async () => {
    let calledOff = false;
    const work = together(never, [
      async () => {
        throw new Error('first');
      },
      async (signal) => {
        await untilAborted(signal);
        calledOff = true;
        throw new Error('only a consequence');
      },
    ]);
    await expect(work).rejects.toThrow('first');
    expect(calledOff).toBe(true);
  });

  it('hands an abort from outside to every job', async () => {
    const stop = new AbortController();
    const work = together(stop.signal, [untilAborted, untilAborted]);
    stop.abort();
    await expect(work).resolves.toBeUndefined();
  });
});
