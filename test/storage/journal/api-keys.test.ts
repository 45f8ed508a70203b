import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import type { Journal } from '../../../src/core/ports/journal.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import { makeFolder } from '../support/folder.ts';
import { answersPostgres, makeDatabase } from '../support/postgres.ts';

const hasPostgres = await answersPostgres();
const { signal } = new AbortController();
const DAY_MS = 24 * 60 * 60_000;
const MADE_MS = Date.parse('2026-11-23T10:00:00Z');

/** What keys do, whatever is behind the journal. */
function keys(open: () => Promise<Journal>): void {
  let journal: Journal;
  beforeAll(async () => {
    journal = await open();
  });
  afterAll(() => journal[Symbol.asyncDispose]());
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: MADE_MS });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const make = async (userId: string, wish: { guildId?: string; name?: string; days?: number } = {}) => {
    const key = await journal.apiKeys.make({ guildId: '1', userId, name: 'notes', days: 90, ...wish });
    if (key === 'too many') throw new Error('There is no room for a key');
    return key;
  };

  it('are found by the secret that the program has, and by nothing else', async () => {
    const { secret, ...key } = await make('100');
    expect(secret).toMatch(/^parley_[\w-]{43}$/); // 256 bits
    expect(key).toMatchObject({ guildId: '1', userId: '100', name: 'notes', untilMs: MADE_MS + 90 * DAY_MS });
    expect(await journal.apiKeys.keyOf(secret)).toEqual(key);
    for (const wrong of [key.id, `${secret}x`, secret.slice(7), '', 'x'.repeat(10_000), `parley_${'\0'.repeat(43)}`])
      expect(await journal.apiKeys.keyOf(wrong)).toBeUndefined();
  });

  it('end when their time is over, and leave the database then', async () => {
    const { secret } = await make('101', { days: 1 });
    vi.setSystemTime(MADE_MS + DAY_MS - 1);
    expect(await journal.apiKeys.keyOf(secret)).toBeDefined();
    await journal.archive.expire(new Date(), signal);
    expect(await journal.apiKeys.listOf('1', '101')).toHaveLength(1);
    vi.setSystemTime(MADE_MS + DAY_MS);
    expect(await journal.apiKeys.keyOf(secret)).toBeUndefined();
    expect(await journal.apiKeys.listOf('1', '101')).toEqual([]);
    await journal.archive.expire(new Date(), signal);
    expect(await journal.apiKeys.revokeAllOf('1', '101')).toBe(0);
  });

  it('say when they were last used, to the minute', async () => {
    const { secret } = await make('102');
    const used = async () => (await journal.apiKeys.listOf('1', '102'))[0]?.usedAtMs;
    expect(await used()).toBeUndefined();
    const moments = [0, 59_000, 60_000].map((ms) => MADE_MS + ms);
    for (const [at, shown] of [
      [moments[0], moments[0]],
      [moments[1], moments[0]],
      [moments[2], moments[2]],
    ]) {
      vi.setSystemTime(at ?? 0);
      await journal.apiKeys.keyOf(secret);
      expect(await used()).toBe(shown);
    }
  });

  it('are five of a member in a server at most; those that are over do not count', async () => {
    await make('103', { days: 1 });
    for (let n = 1; n < 5; n++) await make('103');
    const wish = { guildId: '1', userId: '103', name: 'sixth', days: 90 };
    expect(await journal.apiKeys.make(wish)).toBe('too many');
    expect(await journal.apiKeys.make({ ...wish, guildId: '2' })).toMatchObject({ name: 'sixth' });
    vi.setSystemTime(MADE_MS + DAY_MS);
    expect(await journal.apiKeys.make(wish)).toMatchObject({ name: 'sixth' });
  });

  it('are revoked by their member alone, in the server in which they were made', async () => {
    const { secret, id } = await make('104');
    for (const other of [
      { id, guildId: '1', userId: '105' },
      { id, guildId: '2', userId: '104' },
      { id: 'x', guildId: '1', userId: '104' },
    ])
      expect(await journal.apiKeys.revoke(other)).toBe(false);
    expect(await journal.apiKeys.keyOf(secret)).toBeDefined();
    expect(await journal.apiKeys.revoke({ id, guildId: '1', userId: '104' })).toBe(true);
    expect(await journal.apiKeys.keyOf(secret)).toBeUndefined();
  });

  it('of a member in a server can all be revoked', async () => {
    await make('106');
    await make('106');
    const elsewhere = await make('106', { guildId: '2' });
    expect(await journal.apiKeys.revokeAllOf('1', '106')).toBe(2);
    expect(await journal.apiKeys.keyOf(elsewhere.secret)).toBeDefined();
  });
}

describe('keys of programs in SQLite', () => {
  keys(() => openJournal('sqlite://:memory:', quiet));
});

describe.skipIf(!hasPostgres)('keys of programs in PostgreSQL (needs one at 127.0.0.1:5432)', () => {
  const places = new AsyncDisposableStack();
  afterAll(() => places.disposeAsync());
  keys(async () => openJournal(places.use(await makeDatabase()).url, quiet));

  it('are known to every process, and end in all of them', async () => {
    await using database = await makeDatabase();
    await using here = await openJournal(database.url, quiet);
    await using there = await openJournal(database.url, quiet);
    const key = await here.apiKeys.make({ guildId: '1', userId: '100', name: 'notes', days: 1 });
    if (key === 'too many') throw new Error('There is no room for a key');
    expect(await there.apiKeys.keyOf(key.secret)).toMatchObject({ userId: '100' });
    await there.apiKeys.revoke(key);
    expect(await here.apiKeys.keyOf(key.secret)).toBeUndefined();
  });
});

describe('the files of the database', () => {
  it('hold the hash of a key alone', async () => {
    using folder = makeFolder();
    await using journal = await openJournal(`sqlite://${join(folder.path, 'parley.db')}`, quiet);
    const key = await journal.apiKeys.make({ guildId: '1', userId: '100', name: 'notes', days: 1 });
    if (key === 'too many') throw new Error('There is no room for a key');
    const files = readdirSync(folder.path).map((name) => readFileSync(join(folder.path, name), 'latin1'));
    expect(files.some((content) => content.includes(key.id))).toBe(true);
    expect(files.some((content) => content.includes(key.secret.slice(7)))).toBe(false);
  });
});
