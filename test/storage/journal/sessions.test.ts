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
const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
const BEGAN_MS = Date.parse('2026-11-23T10:00:00Z');

/** What sessions do, whatever is behind the journal. */
function sessions(open: () => Promise<Journal>): void {
  let journal: Journal;
  beforeAll(async () => {
    journal = await open();
  });
  afterAll(() => journal[Symbol.asyncDispose]());
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: BEGAN_MS });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are found by the secret that the browser has, and by nothing else', async () => {
    const { secret, key, untilMs, latestMs } = await journal.sessions.begin('100', ['1', '2']);
    expect(secret).toMatch(/^[\w-]{43}$/); // 256 bits
    expect([untilMs, latestMs]).toEqual([BEGAN_MS + 7 * DAY_MS, BEGAN_MS + 30 * DAY_MS]);
    expect(await journal.sessions.sessionOf(secret)).toEqual({ key, userId: '100', guildIds: ['1', '2'], untilMs });
    expect(await journal.sessions.sessionOf(key)).toBeUndefined();
    expect(await journal.sessions.sessionOf(`${secret}x`)).toBeUndefined();
    expect(await journal.sessions.sessionOf('')).toBeUndefined();
  });

  it('may be of somebody who is in no server', async () => {
    const { secret } = await journal.sessions.begin('101', []);
    expect(await journal.sessions.sessionOf(secret)).toMatchObject({ guildIds: [] });
  });

  it('end a week after the last visit', async () => {
    const { secret, key } = await journal.sessions.begin('102', ['1']);
    vi.setSystemTime(BEGAN_MS + 6 * DAY_MS);
    expect(await journal.sessions.sessionOf(secret)).toMatchObject({ untilMs: BEGAN_MS + 13 * DAY_MS });
    vi.setSystemTime(BEGAN_MS + 12 * DAY_MS);
    expect(await journal.sessions.whichLast([key, 'another'])).toEqual([key]);
    expect(await journal.sessions.countOf('102')).toBe(1);
    vi.setSystemTime(BEGAN_MS + 13 * DAY_MS);
    expect(await journal.sessions.sessionOf(secret)).toBeUndefined();
    expect(await journal.sessions.whichLast([key])).toEqual([]);
    expect(await journal.sessions.countOf('102')).toBe(0);
  });

  it('end a month after they began, however often they are used', async () => {
    const { secret } = await journal.sessions.begin('103', ['1']);
    for (let day = 1; day < 30; day++) {
      vi.setSystemTime(BEGAN_MS + day * DAY_MS);
      expect(await journal.sessions.sessionOf(secret)).toBeDefined();
    }
    vi.setSystemTime(BEGAN_MS + 30 * DAY_MS);
    expect(await journal.sessions.sessionOf(secret)).toBeUndefined();
  });

  it('end when they are signed out of, once', async () => {
    const [one, other] = [await journal.sessions.begin('104', ['1']), await journal.sessions.begin('104', ['1'])];
    expect(await journal.sessions.end(one.secret)).toBe(true);
    expect(await journal.sessions.end(one.secret)).toBe(false);
    expect(await journal.sessions.sessionOf(one.secret)).toBeUndefined();
    expect(await journal.sessions.sessionOf(other.secret)).toBeDefined();
  });

  it('are ten of one member at most: the oldest ends', async () => {
    const begun = [];
    for (let n = 0; n < 11; n++) {
      vi.setSystemTime(BEGAN_MS + n);
      begun.push(await journal.sessions.begin('106', ['1']));
    }
    const others = await journal.sessions.begin('107', ['1']);
    const last = await journal.sessions.whichLast([...begun, others].map(({ key }) => key));
    expect(last.toSorted()).toEqual([...begun.slice(1), others].map(({ key }) => key).toSorted());
  });

  it('of one member can all be ended', async () => {
    const theirs = [await journal.sessions.begin('108', ['1']), await journal.sessions.begin('108', ['1'])];
    const others = await journal.sessions.begin('109', ['1']);
    expect(await journal.sessions.endAllOf('108')).toBe(2);
    expect(await journal.sessions.whichLast([...theirs, others].map(({ key }) => key))).toEqual([others.key]);
  });

  it('leave the database when they are over', async () => {
    await journal.sessions.begin('110', ['1']);
    await journal.archive.expire(new Date(BEGAN_MS + 7 * DAY_MS), signal);
    expect(await journal.sessions.endAllOf('110')).toBe(0);
    await journal.sessions.begin('110', ['1']);
    await journal.archive.expire(new Date(BEGAN_MS + 7 * DAY_MS - 1), signal);
    expect(await journal.sessions.endAllOf('110')).toBe(1);
  });
}

describe('sessions in SQLite', () => {
  sessions(() => openJournal('sqlite://:memory:', quiet));
});

describe.skipIf(!hasPostgres)('sessions in PostgreSQL (needs one at 127.0.0.1:5432)', () => {
  const places = new AsyncDisposableStack();
  afterAll(() => places.disposeAsync());
  sessions(async () => openJournal(places.use(await makeDatabase()).url, quiet));

  it('are known to every process, and end in all of them', async () => {
    await using database = await makeDatabase();
    await using here = await openJournal(database.url, quiet);
    await using there = await openJournal(database.url, quiet);
    const { secret, key } = await here.sessions.begin('100', ['1']);
    expect(await there.sessions.sessionOf(secret)).toMatchObject({ userId: '100' });
    await there.sessions.end(secret);
    expect(await here.sessions.sessionOf(secret)).toBeUndefined();
    expect(await here.sessions.whichLast([key])).toEqual([]);
  });
});

describe('the files of the database', () => {
  it('hold the hash of a secret alone, and outlive the process', async () => {
    using folder = makeFolder();
    const url = `sqlite://${join(folder.path, 'parley.db')}`;
    let secret = '';
    {
      await using journal = await openJournal(url, quiet);
      ({ secret } = await journal.sessions.begin('100', ['1']));
    }
    const files = readdirSync(folder.path).map((name) => readFileSync(join(folder.path, name), 'latin1'));
    expect(files.some((content) => content.includes(secret))).toBe(false);
    await using journal = await openJournal(url, quiet);
    expect(await journal.sessions.sessionOf(secret)).toMatchObject({ userId: '100' });
  });
});
