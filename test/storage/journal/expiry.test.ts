import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Log, quiet } from '../../../src/core/log.ts';
import type { Journal } from '../../../src/core/ports/journal.ts';
import { startExpiry } from '../../../src/storage/journal/expiry.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import { makeHead } from '../../support/make.ts';

const HOUR_MS = 60 * 60 * 1_000;

describe('the expiry of old meetings', () => {
  let journal: Journal;
  beforeEach(async () => {
    journal = await openJournal('sqlite://:memory:', quiet);
    await journal.archive.setKeepDays('1', 1);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await journal[Symbol.asyncDispose]();
  });

  /** A meeting that ended so many hours ago. */
  async function ended(id: string, hoursAgo: number) {
    await journal.begin(makeHead({ id, beganAt: new Date(Date.now() - hoursAgo * HOUR_MS) }));
    await journal.of(id).end(0, 'stopped');
  }
  const ids = async () => (await journal.archive.list('1', 5)).map(({ id }) => id);

  it('erases them soon after the start, and later ones when their time comes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    await ended('old', 25);
    await ended('younger', 22);
    await using _expiry = startExpiry(journal.archive, quiet);
    expect(await ids()).toEqual(['younger', 'old']);
    await vi.advanceTimersByTimeAsync(60_000);
    await vi.waitFor(async () => expect(await ids()).toEqual(['younger']));
    await vi.advanceTimersByTimeAsync(3 * HOUR_MS);
    await vi.waitFor(async () => expect(await ids()).toEqual([]));
  });

  it('does nothing more once it is disposed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    await ended('old', 25);
    await startExpiry(journal.archive, quiet)[Symbol.asyncDispose]();
    await vi.advanceTimersByTimeAsync(3 * HOUR_MS);
    expect(vi.getTimerCount()).toBe(0);
    expect(await ids()).toEqual(['old']);
  });

  it('is left to another process until it is told to be this one’s', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    await ended('old', 25);
    let isOurs = false;
    await using _expiry = startExpiry(journal.archive, quiet, () => isOurs);
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    expect(await ids()).toEqual(['old']);
    isOurs = true;
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    await vi.waitFor(async () => expect(await ids()).toEqual([]));
  });

  it('logs a failed round, and tries again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const warnings: string[] = [];
    const log: Log = { ...quiet, warn: (_, message) => warnings.push(message) };
    let rounds = 0;
    const failing = {
      async expire() {
        rounds += 1;
        throw new Error('Cannot read the transcripts');
      },
      wipe: async () => 'none' as const,
    };
    await using _expiry = startExpiry(failing, log);
    await vi.advanceTimersByTimeAsync(60_000 + HOUR_MS);
    expect(rounds).toBe(2);
    expect(warnings).toEqual(Array(2).fill('Old meetings could not be erased: the next round tries again'));
  });

  it('has erased words overwritten: every minute while somebody reads the file, with one log line, and every hour after that', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const warnings: string[] = [];
    const log: Log = { ...quiet, warn: (_, message) => warnings.push(message) };
    const answers = ['write-ahead file', 'write-ahead file', 'none', 'none'] as const;
    let wipes = 0;
    const read = { expire: async () => 0, wipe: async () => answers[wipes++] ?? 'none' };
    await using _expiry = startExpiry(read, log);
    await vi.advanceTimersByTimeAsync(3 * 60_000);
    expect(wipes).toBe(3);
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    expect(wipes).toBe(4);
    expect(warnings).toEqual([expect.stringContaining('write-ahead file')]);
  });
});
