import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Attempts } from '../../../src/storage/attempts.ts';
import { WriteLanes } from '../../../src/storage/journal/held-writes.ts';
import { StorageError } from '../../../src/storage/storage-error.ts';

const MINUTE_MS = 60_000;
const REFUSED = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const LOCKED = Object.assign(new Error('locked'), { errcode: 5 });
const FULL = Object.assign(new Error('full'), { code: '53100' });

/** Lanes to a database that fails as long as `fault` says so; `kept` is what it has. */
function database(bounds?: { bytes: number; ms: number }) {
  const closing = new AbortController();
  const lanes = new WriteLanes(new Attempts(closing.signal, 'transcripts'), bounds);
  const there = { fault: undefined as Error | undefined, kept: [] as string[], tries: 0 };
  const write = (what: string, meeting = 'm1', kind: 'needed' | 'note' | 'sign' = 'needed') =>
    lanes.write(meeting, kind, 0, async () => {
      there.tries += 1;
      if (there.fault) throw there.fault;
      there.kept.push(what);
      return what;
    });
  return { lanes, there, write, closing };
}

const failureOf = (write: Promise<unknown>) => write.then(() => undefined).catch((error: unknown) => error);

describe('writes while the database is away', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('wait, and are written in their order once it is back', async () => {
    const { lanes, there, write } = database();
    there.fault = REFUSED;
    const writes = ['a', 'b', 'c'].map((what) => write(what));
    await vi.advanceTimersByTimeAsync(20_000);
    expect([lanes.isAway, lanes.count, lanes.bytes > 0, there.kept]).toEqual([true, 3, true, []]);
    there.fault = undefined;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await Promise.all(writes)).toEqual(['a', 'b', 'c']);
    expect(there.kept).toEqual(['a', 'b', 'c']);
    expect([lanes.isAway, lanes.count, lanes.bytes]).toEqual([false, 0, 0]);
  });

  it('are repeated before a later one of the same meeting, and hold up no other meeting', async () => {
    const { there, lanes, write } = database();
    const answer = Promise.withResolvers<void>();
    let tries = 0;
    const first = lanes.write('m1', 'needed', 0, async () => {
      tries += 1;
      if (tries === 1) await answer.promise;
      there.kept.push('first');
    });
    const second = write('second');
    await write('other', 'm2');
    expect(there.kept).toEqual(['other']);
    answer.reject(REFUSED);
    await Promise.all([first, second, vi.advanceTimersByTimeAsync(1_000)]);
    expect(there.kept).toEqual(['other', 'first', 'second']);
  });

  it('ask one at a time whether it is back, however many meetings there are', async () => {
    const { there, write } = database();
    there.fault = REFUSED;
    const writes = Array.from({ length: 50 }, (_, n) => write(`${n}`, `m${n}`));
    await vi.advanceTimersByTimeAsync(10_000); // for five seconds each tries by itself
    there.tries = 0;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(there.tries).toBeLessThan(80);
    there.fault = undefined;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await Promise.all(writes)).toHaveLength(50);
  });

  it('keep only the newest sign of life of each meeting, which stands for the others', async () => {
    const { lanes, there, write } = database();
    there.fault = REFUSED;
    const signs = [1, 2, 3].map((n) => write(`sign ${n}`, 'm1', 'sign')); // the first is being tried
    const other = write('sign', 'm2', 'sign');
    const final = write('final');
    const last = write('sign 4', 'm1', 'sign');
    expect(lanes.count).toBe(4);
    there.fault = undefined;
    await vi.advanceTimersByTimeAsync(1_000);
    await Promise.all([...signs, other, final, last]);
    expect(there.kept.filter((what) => what !== 'sign')).toEqual(['sign 1', 'final', 'sign 4']);
  });

  it('are given up after ten minutes, in words', async () => {
    const { there, write } = database();
    there.fault = REFUSED;
    const old = failureOf(write('old'));
    await vi.advanceTimersByTimeAsync(9 * MINUTE_MS);
    const young = write('young');
    await vi.advanceTimersByTimeAsync(MINUTE_MS + 10_000);
    expect(await old).toMatchObject({
      code: 'failed',
      message: expect.stringMatching(/^Cannot write the transcripts: /),
    });
    there.fault = undefined;
    await vi.advanceTimersByTimeAsync(1_000);
    await young;
    expect(there.kept).toEqual(['young']);
  });

  it('are given up when they are too much for the memory: notes first, then the oldest', async () => {
    const { there, lanes, write } = database({ bytes: 2_000, ms: 10 * MINUTE_MS }); // four writes
    there.fault = REFUSED;
    const given: string[] = [];
    const kinds = ['needed', 'needed', 'note', 'needed', 'needed', 'needed'] as const;
    kinds.forEach((kind, n) => void write(`${n}`, 'm1', kind).catch(() => given.push(`${n}`)));
    await vi.advanceTimersByTimeAsync(0);
    expect(given).toEqual(['2', '1']); // not the first, which may just be written
    expect(lanes.bytes).toBeLessThanOrEqual(2_000);
    there.fault = undefined;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(there.kept).toEqual(['0', '3', '4', '5']);
  });

  it('are never repeated once another process owns the meeting', async () => {
    const { there, write } = database();
    there.fault = new StorageError('superseded', 'Too late.');
    expect(await failureOf(write('late'))).toBe(there.fault);
    expect(there.tries).toBe(1);
  });

  it.each([
    ['a lock', LOCKED],
    ['a full disk', FULL],
  ])('that %s prevents fail within five seconds, as ever, and the next ones are tried', async (_, fault) => {
    const { there, lanes, write } = database();
    there.fault = fault;
    const first = failureOf(write('first'));
    await vi.advanceTimersByTimeAsync(5_100);
    expect(await first).toMatchObject({ code: 'failed' });
    expect(lanes.isAway).toBe(false);
    there.fault = undefined;
    await write('second');
    expect(there.kept).toEqual(['second']);
  });

  it('are tried a last time when the process ends, and waited for no longer', async () => {
    const { there, write, closing } = database();
    there.fault = REFUSED;
    const failures = ['a', 'b'].map((what) => failureOf(write(what)));
    const other = failureOf(write('c', 'm2'));
    await vi.advanceTimersByTimeAsync(20_000);
    closing.abort();
    expect(await Promise.all([...failures, other])).toMatchObject(Array(3).fill({ code: 'failed' }));
  });
});
