import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Questions } from '../../../src/core/bus/questions.ts';
import { BusHub } from '../../support/bus-in-memory.ts';

describe('a question to other processes', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => void vi.useRealTimers();
  });

  it('is answered by whom it concerns', async () => {
    const hub = new BusHub();
    for (const name of ['a', 'b', 'c']) {
      await new Questions(hub.connect()).answer('who', async (question) =>
        JSON.stringify(question).includes(name) ? { name } : undefined,
      );
    }
    const questions = new Questions(hub.connect());
    const [b, c] = await Promise.all([
      questions.ask('who', { of: 'b' }, 1_000),
      questions.ask('who', { of: 'c' }, 1_000),
    ]);
    expect([b, c]).toEqual([{ name: 'b' }, { name: 'c' }]);
  });

  it('waits no longer than its limit, and not at all where nobody is or the bus is down', async () => {
    const hub = new BusHub();
    const bus = hub.connect();
    const questions = new Questions(bus);
    expect(await questions.ask('who', {}, 1_000)).toBeUndefined();
    const failing = new Questions(hub.connect());
    await failing.answer('who', () => Promise.reject(new Error('It cannot know')));
    const asked = questions.ask('who', {}, 1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await asked).toBeUndefined();
    bus.setUp(false);
    expect(await questions.ask('who', {}, 1_000)).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });
});
