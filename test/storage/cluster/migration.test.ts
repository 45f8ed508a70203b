import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import { makeFinal, makeHead } from '../../support/make.ts';
import { makeFolder } from '../support/folder.ts';
import { answersPostgres, makeDatabase } from '../support/postgres.ts';

const hasPostgres = await answersPostgres();
const TABLES = ['members', 'shard_seats', 'cluster', 'meeting_leases', 'live_links'];

describe('the tables of a cluster', () => {
  it('are none of SQLite’s', async () => {
    using folder = makeFolder();
    const path = `${folder.path}/parley.db`;
    await (await openJournal(`sqlite://${path}`, quiet))[Symbol.asyncDispose]();
    using file = new DatabaseSync(path);
    const names = file.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    expect(names.map(({ name }) => name).filter((name) => TABLES.includes(`${name}`))).toEqual([]);
    const steps = file.prepare('SELECT name FROM parley_migrations ORDER BY name DESC').all();
    expect(steps[0]?.name).toBe('0024-stage-audiences');
  });

  it.skipIf(!hasPostgres)('are made in PostgreSQL, again where a start was cut short', async () => {
    await using database = await makeDatabase();
    await (await openJournal(database.url, quiet))[Symbol.asyncDispose]();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query("DELETE FROM parley_migrations WHERE name >= '0014'");
    await (await openJournal(database.url, quiet))[Symbol.asyncDispose]();
    const { rows } = await client.query<{ name: string }>(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_name = ANY($1) ORDER BY table_name',
      [TABLES],
    );
    await client.end();
    expect(rows.map(({ name }) => name)).toEqual(TABLES.toSorted());
  });

  it.skipIf(!hasPostgres)('leave a process that runs already as it was', async () => {
    await using database = await makeDatabase();
    await using journal = await openJournal(database.url, quiet);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(`
      DROP TABLE stt_holdings, stt_credentials, live_links, meeting_leases, shard_seats, members, cluster;
      DROP SEQUENCE lease_tokens;
      DELETE FROM parley_migrations WHERE name >= '0014'`);
    await client.end();
    await journal.begin(makeHead()); // as an older version does, which has none of the tables
    await (await openJournal(database.url, quiet))[Symbol.asyncDispose]();
    await journal.of('m1').write(makeFinal());
    await journal.of('m1').end(1_000, 'stopped');
    expect(await journal.archive.read('m1')).toMatchObject({ ending: 'stopped', finals: [makeFinal()] });
    expect(await journal.archive.erase('m1')).toBe(1);
  });
});
