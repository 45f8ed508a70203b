import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { quiet } from '../../../../src/core/log.ts';
import { openJournal } from '../../../../src/storage/journal/journal.ts';
import { makeFinal, makeHead } from '../../../support/make.ts';
import { makeFolder } from '../../support/folder.ts';
import { answersPostgres, makeDatabase } from '../../support/postgres.ts';

const hasPostgres = await answersPostgres();

/** A database of this version, and statements as another version runs them. */
interface Place extends AsyncDisposable {
  readonly url: string;
  run(sql: string): Promise<void>;
}

async function inSqlite(): Promise<Place> {
  const folder = makeFolder();
  const path = `${folder.path}/parley.db`;
  return {
    url: `sqlite://${path}`,
    async run(sql) {
      using file = new DatabaseSync(path);
      file.exec(sql);
    },
    async [Symbol.asyncDispose]() {
      folder[Symbol.dispose]();
    },
  };
}

async function inPostgres(): Promise<Place> {
  const database = await makeDatabase();
  return {
    url: database.url,
    async run(sql) {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      await client.query(sql).finally(() => client.end());
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

const step = (name: string) => `insert into parley_migrations values ('${name}', '2026-01-01T00:00:00.000Z')`;

describe.for([
  ['SQLite', inSqlite, true],
  ['PostgreSQL (needs one at 127.0.0.1:5432)', inPostgres, hasPostgres],
] as const)('a database of a newer version, in %s', ([, open, isThere]) => {
  it.skipIf(!isThere)('is used where the newer one has only added something', async () => {
    await using place = await open();
    await (await openJournal(place.url, quiet))[Symbol.asyncDispose]();
    await place.run("alter table meetings add column colour text default 'blue'");
    await place.run(step('9001-colours'));
    await using journal = await openJournal(place.url, quiet);
    await journal.begin(makeHead());
    await journal.of('m1').write(makeFinal());
    expect(await journal.archive.read('m1')).toMatchObject({ finals: [makeFinal()] });
  });

  it.skipIf(!isThere)('is refused in words where the newer one has changed what this one needs', async () => {
    await using place = await open();
    await (await openJournal(place.url, quiet))[Symbol.asyncDispose]();
    await place.run(step('9001-colours'));
    await place.run(step('9002-breaking-meetings'));
    await expect(openJournal(place.url, quiet)).rejects.toMatchObject({
      name: 'StorageError',
      message: expect.stringMatching(
        /^Cannot open the transcripts in .*: a newer Parley has changed their tables \(9002-breaking-meetings\)/,
      ),
    });
  });

  it.skipIf(!isThere)('gets the steps of this version that the newer one did not have', async () => {
    await using place = await open();
    await (await openJournal(place.url, quiet))[Symbol.asyncDispose]();
    await place.run(step('9001-colours'));
    await place.run("delete from parley_migrations where name = '0013-placed-segments'");
    await (await openJournal(place.url, quiet))[Symbol.asyncDispose]();
    await expect(place.run(step('0013-placed-segments'))).rejects.toThrow(/unique/i); // it is in the history again
  });
});
