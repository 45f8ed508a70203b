import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import type { Journal } from '../../../src/core/ports/journal.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import { makeFinal, makeHead, makeTranslation } from '../../support/make.ts';
import { makeFolder } from '../support/folder.ts';
import { answersPostgres, makeDatabase } from '../support/postgres.ts';

const hasPostgres = await answersPostgres();
const { signal } = new AbortController();
const DAY_MS = 24 * 60 * 60 * 1_000;
const TODAY = new Date('2026-11-23T12:00:00Z');

/** What erasing does, whatever is behind the journal. */
function anErasure(open: () => Promise<Journal>): void {
  let journal: Journal;
  let count = 0;
  beforeAll(async () => {
    journal = await open();
  });
  afterAll(() => journal[Symbol.asyncDispose]());

  /** A meeting of half an hour that ended so many days before today, with everything in it. */
  async function meeting(daysAgo: number, guildId = `${8000 + count}`) {
    count += 1;
    const lengthMs = 30 * 60_000;
    const beganAt = new Date(TODAY.getTime() - daysAgo * DAY_MS - lengthMs);
    const head = makeHead({ id: `erasure-${count}`, guildId, beganAt });
    await journal.begin(head);
    await journal.of(head.id).joined({ speakerId: '100', displayName: 'Ana', joinedMs: 0 });
    await journal.of(head.id).write(makeFinal());
    await journal.of(head.id).write(makeTranslation());
    await journal.of(head.id).posted({ utteranceId: 'u1', channelId: '20', messageId: '30' });
    await journal.of(head.id).setPlaces({ panelMessageId: '31' });
    await journal.of(head.id).gap({ startMs: 0, endMs: 1, reason: 'paused' });
    await journal.of(head.id).summarised({ kind: 'failed', because: 'refused' }, 1);
    await journal.of(head.id).end(lengthMs, 'stopped');
    return head;
  }

  it('removes a whole meeting and says how many texts went', async () => {
    const head = await meeting(1);
    expect(await journal.archive.erase(head.id)).toBe(2);
    expect(await journal.archive.read(head.id)).toBeUndefined();
    expect(await journal.archive.list(head.guildId, 5)).toEqual([]);
    expect(await journal.archive.messagesOf(head.guildId, '100')).toEqual([]);
    await journal.begin(head); // under the same id nothing of the old one is found
    expect(await journal.archive.read(head.id)).toMatchObject({ head, messages: [] });
    expect((await journal.archive.read(head.id))?.head.places).toBeUndefined();
    expect((await journal.archive.read(head.id))?.summary).toBeUndefined();
    await journal.archive.erase(head.id);
  });

  it('knows the meetings in which somebody spoke or was there, and no other server’s', async () => {
    const first = await meeting(2, '8900');
    const second = await meeting(1, '8900');
    await meeting(1, '8901');
    expect(await journal.archive.meetingsOf('8900', '100')).toEqual([first.id, second.id]);
    expect(await journal.archive.meetingsOf('8900', '999')).toEqual([]);
    await journal.archive.forget('8900', '100');
    expect(await journal.archive.meetingsOf('8900', '100')).toEqual([]);
  });

  it('remembers where the minutes stand, in order', async () => {
    const head = await meeting(1);
    const minutes = Array.from({ length: 12 }, (_, n) => ({ channelId: '20', messageId: `${40 + n}` }));
    await journal.of(head.id).setPlaces({ minutes });
    expect((await journal.archive.read(head.id))?.head.places).toEqual({ panelMessageId: '31', minutes });
  });

  it('removes a long meeting whole', async () => {
    const { id } = await meeting(1);
    const finals = Array.from({ length: 45 }, (_, n) => makeFinal({ utteranceId: `long ${n}` }));
    await Promise.all(finals.map((final) => journal.of(id).write(final)));
    expect(await journal.archive.erase(id)).toBe(47);
  });

  it('remembers where somebody is named or their words stand, without any text, until it stands there no more', async () => {
    const greeting = { channelId: '20', messageId: '50', what: 'name' } as const;
    const reply = { channelId: '21', messageId: '51', what: 'whole' } as const;
    await journal.archive.mentioned('8950', greeting, ['100', '200']);
    await journal.archive.mentioned('8950', greeting, ['100']);
    await journal.archive.mentioned('8950', reply, ['100']);
    await journal.archive.mentioned('8950', reply, []);
    expect(await journal.archive.mentionsOf('8950', '100')).toEqual([greeting, reply]);
    expect(await journal.archive.mentionsOf('8951', '100')).toEqual([]);
    await journal.archive.unmention(greeting, '100');
    expect(await journal.archive.mentionsOf('8950', '100')).toEqual([reply]);
    expect(await journal.archive.mentionsOf('8950', '200')).toEqual([greeting]);
  });

  it('forgets where somebody is named when their server keeps meetings no longer', async () => {
    const notice = { channelId: '20', messageId: '60', what: 'whole' } as const;
    await journal.archive.mentioned('8960', notice, ['100']);
    await journal.archive.setKeepDays('8960', 7);
    await journal.archive.expire(new Date(Date.now() + 6 * DAY_MS), signal);
    expect(await journal.archive.mentionsOf('8960', '100')).toEqual([notice]);
    await journal.archive.expire(new Date(Date.now() + 8 * DAY_MS), signal);
    expect(await journal.archive.mentionsOf('8960', '100')).toEqual([]);
  });

  it('leaves the other meetings as they are', async () => {
    const [gone, kept] = [await meeting(1, '9001'), await meeting(1, '9001')];
    const before = await journal.archive.read(kept.id);
    await journal.archive.erase(gone.id);
    expect(await journal.archive.read(kept.id)).toEqual(before);
  });

  it('finds nothing to remove in a meeting that is not there', async () => {
    expect(await journal.archive.erase('never')).toBe(0);
  });

  it('keeps meetings for good unless told otherwise', async () => {
    const head = await meeting(5_000);
    expect(await journal.archive.keepDays(head.guildId)).toBeUndefined();
    await journal.archive.expire(TODAY, signal);
    expect(await journal.archive.read(head.id)).toBeDefined();
  });

  it('remembers for how long a server keeps its meetings, until told otherwise', async () => {
    await journal.archive.setKeepDays('9002', 30);
    await journal.archive.setKeepDays('9002', 7);
    expect(await journal.archive.keepDays('9002')).toBe(7);
    await journal.archive.setKeepDays('9002', undefined);
    expect(await journal.archive.keepDays('9002')).toBeUndefined();
  });

  it.each([0, -1, Number.NaN])('refuses to keep meetings for %s days', async (days) => {
    await expect(journal.archive.setKeepDays('9003', days)).rejects.toThrow(RangeError);
    expect(await journal.archive.keepDays('9003')).toBeUndefined();
  });

  it('removes meetings that ended longer ago than their server keeps them, and no others', async () => {
    const old = await meeting(7.01, '9004');
    const young = await meeting(6.99, '9004');
    const elsewhere = await meeting(7.01, '9005');
    await journal.archive.setKeepDays('9004', 7);
    expect(await journal.archive.expire(TODAY, signal)).toBe(1);
    expect(await journal.archive.read(old.id)).toBeUndefined();
    expect(await journal.archive.read(young.id)).toBeDefined();
    expect(await journal.archive.read(elsewhere.id)).toBeDefined();
  });

  it('never removes a meeting that still runs', async () => {
    const beganAt = new Date(TODAY.getTime() - 100 * DAY_MS);
    await journal.begin(makeHead({ id: 'endless', guildId: '9006', beganAt }));
    await journal.archive.setKeepDays('9006', 1);
    expect(await journal.archive.expire(TODAY, signal)).toBe(0);
    expect(await journal.archive.read('endless')).toBeDefined();
  });

  it('stops between two meetings when it is told to', async () => {
    const head = await meeting(9, '9007');
    await journal.archive.setKeepDays('9007', 1);
    await expect(journal.archive.expire(TODAY, AbortSignal.abort())).rejects.toThrow();
    expect(await journal.archive.read(head.id)).toBeDefined();
  });
}

describe('erasing in SQLite', () => {
  anErasure(() => openJournal('sqlite://:memory:', quiet));

  it.each([
    ['a person', (journal: Journal) => journal.archive.forget('1', '100')],
    ['a meeting', (journal: Journal) => journal.archive.erase('m1')],
  ])('leaves no trace of %s in the files, nor in the index', async (_, eraseWith) => {
    using own = makeFolder();
    await using journal = await openJournal(`sqlite://${own.path}/parley.db`, quiet);
    const contents = () =>
      Buffer.concat(readdirSync(own.path).map((name) => readFileSync(join(own.path, name)))).toString('latin1');
    await journal.begin(makeHead());
    const words = ['zanzibar', 'quokka', 'mxyzptlk'];
    for (const [n, text] of words.entries()) await journal.of('m1').write(makeFinal({ utteranceId: `u${n}`, text }));
    for (const word of words) expect(contents()).toContain(word);
    await eraseWith(journal);
    for (const word of words) expect(contents()).not.toContain(word.slice(1)); // an index may share first letters
    expect(await journal.archive.wipe()).toBe('none');
  });

  it.each([
    ['a person', (journal: Journal) => journal.archive.forget('1', '100')],
    ['a meeting', (journal: Journal) => journal.archive.erase('m1')],
    ['a meeting that is too old', (journal: Journal) => journal.archive.expire(TODAY, signal)],
  ])(
    'says that %s can still be read on the disk while somebody reads the file, and leaves no trace after that',
    async (_, eraseWith) => {
      using own = makeFolder();
      await using journal = await openJournal(`sqlite://${own.path}/parley.db`, quiet);
      const log = () => readFileSync(join(own.path, 'parley.db-wal')).toString('latin1');
      await journal.begin(makeHead({ beganAt: new Date(TODAY.getTime() - 3 * DAY_MS) }));
      await journal.of('m1').write(makeFinal({ text: 'zanzibar' }));
      await journal.of('m1').end(0, 'stopped');
      await journal.archive.setKeepDays('1', 1);
      using backup = new DatabaseSync(join(own.path, 'parley.db'), { readOnly: true });
      backup.exec('BEGIN');
      backup.prepare('SELECT count(*) FROM segments').get();
      await eraseWith(journal);
      expect(log()).toContain('zanzibar');
      expect(await journal.archive.wipe()).toBe('write-ahead file');
      backup.exec('COMMIT');
      expect(await journal.archive.wipe()).toBe('none');
      expect(log()).toBe('');
    },
  );

  it('waits a little for somebody who reads just then', async () => {
    using own = makeFolder();
    await using journal = await openJournal(`sqlite://${own.path}/parley.db`, quiet);
    await journal.begin(makeHead());
    using reader = new DatabaseSync(join(own.path, 'parley.db'), { readOnly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM segments').get();
    await journal.of('m1').write(makeFinal({ text: 'zanzibar' }));
    const wiped = journal.archive.wipe();
    setTimeout(() => reader.exec('COMMIT'), 50);
    expect(await wiped).toBe('none');
  });
});

describe.skipIf(!hasPostgres)('erasing in PostgreSQL (needs one at 127.0.0.1:5432)', () => {
  let database: Awaited<ReturnType<typeof makeDatabase>>;
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database[Symbol.asyncDispose]());
  anErasure(() => openJournal(database.url, quiet));

  it('says that the database keeps dead rows until its next vacuum', async () => {
    await using journal = await openJournal(database.url, quiet);
    expect(await journal.archive.wipe()).toBe('dead rows');
  });
});
