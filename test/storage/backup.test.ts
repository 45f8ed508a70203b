import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import { openJournal } from '../../src/storage/journal/journal.ts';
import { openSettings } from '../../src/storage/settings/settings.ts';
import { makeFinal, makeHead } from '../support/make.ts';
import { makeFolder } from './support/folder.ts';
import { answersPostgres, makeDatabase } from './support/postgres.ts';

const hasPostgres = await answersPostgres();

/** As docs/operating.md says it. */
function backUp(from: string, to: string): void {
  using file = new DatabaseSync(from);
  file.prepare('VACUUM INTO ?').run(to);
}

describe('a backup of the SQLite file', () => {
  const folder = makeFolder();
  afterAll(() => folder[Symbol.dispose]());

  it('is made while meetings are written, and opens as they stood', async () => {
    const [live, copy] = [join(folder.path, 'parley.db'), join(folder.path, 'backup.db')];
    await using journal = await openJournal(`sqlite://${live}`, quiet);
    await using settings = await openSettings(`sqlite://${live}`, quiet);
    await settings.changeGuild('1', { spoken: 'de' });
    await journal.archive.setKeepDays('1', 90);
    await journal.begin(makeHead());
    for (let n = 0; n < 50; n += 1) await journal.of('m1').write(makeFinal({ utteranceId: `u${n}`, text: `word${n}` }));
    await journal.archive.erase('nothing'); // so that ids and rows of the index would part, if a copy renumbered them
    backUp(live, copy);
    await journal.of('m1').write(makeFinal({ utteranceId: 'later', text: 'afterwards' }));

    await using restored = await openJournal(`sqlite://${copy}`, quiet);
    await using choices = await openSettings(`sqlite://${copy}`, quiet);
    expect((await restored.archive.read('m1'))?.finals).toHaveLength(50);
    expect(
      (await restored.archive.search('1', { query: 'word49', limit: 5 })).map(({ segment }) => segment.text),
    ).toEqual(['word49']);
    expect(await restored.archive.search('1', { query: 'afterwards', limit: 5 })).toEqual([]);
    expect(await restored.archive.keepDays('1')).toBe(90);
    expect((await choices.guild('1')).spoken).toBe('de');
  });

  it('is written on like any other', async () => {
    const [live, copy] = [join(folder.path, 'live.db'), join(folder.path, 'copy.db')];
    {
      await using journal = await openJournal(`sqlite://${live}`, quiet);
      await journal.begin(makeHead());
      await journal.of('m1').write(makeFinal({ utteranceId: 'gone', text: 'gone' }));
      await journal.of('m1').write(makeFinal({ speakerId: '200', text: 'before' }));
      await journal.archive.forget('1', '100');
    }
    backUp(live, copy);
    await using restored = await openJournal(`sqlite://${copy}`, quiet);
    await restored.of('m1').write(makeFinal({ utteranceId: 'u2', text: 'after' }));
    const texts = async (query: string) =>
      (await restored.archive.search('1', { query, limit: 5 })).map(({ segment }) => segment.text);
    expect([await texts('before'), await texts('after'), await texts('gone')]).toEqual([['before'], ['after'], []]);
  });
});

const BEFORE_SEARCH = ['DROP TABLE segment_words', "DELETE FROM parley_migrations WHERE name >= '0003'"];

/** A journal of a version that had no search yet, then opened by this one. */
async function upgraded(url: string, run: (sql: string) => unknown): Promise<string[]> {
  {
    await using journal = await openJournal(url, quiet);
    await journal.begin(makeHead());
    const finals = Array.from({ length: 520 }, (_, n) => makeFinal({ utteranceId: `u${n}`, text: `word${n}` }));
    await Promise.all(finals.map((final) => journal.of('m1').write(final))); // more than are indexed at once
  }
  for (const sql of BEFORE_SEARCH) await run(sql);
  await using journal = await openJournal(url, quiet);
  const hits = await Promise.all(
    ['word0', 'word519'].map((query) => journal.archive.search('1', { query: `"${query}"`, limit: 5 })),
  );
  return hits.flat().map(({ segment }) => segment.text);
}

describe('a journal from before there was a search', () => {
  it('has its texts found once it is opened, in SQLite', async () => {
    using folder = makeFolder();
    const path = join(folder.path, 'parley.db');
    const found = await upgraded(`sqlite://${path}`, (sql) => {
      using file = new DatabaseSync(path);
      file.exec(sql);
    });
    expect(found).toEqual(['word0', 'word519']);
  });

  it.skipIf(!hasPostgres)(
    'has its texts found once it is opened, in PostgreSQL (needs one at 127.0.0.1:5432)',
    async () => {
      await using database = await makeDatabase();
      const found = await upgraded(database.url, async (sql) => {
        const client = new pg.Client({ connectionString: database.url });
        await client.connect();
        await client.query(sql).finally(() => client.end());
      });
      expect(found).toEqual(['word0', 'word519']);
    },
  );
});
