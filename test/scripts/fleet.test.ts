import { execFile } from 'node:child_process';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openCluster } from '../storage/cluster/support/cluster.ts';
import { answersPostgres, makeDatabase } from '../storage/support/postgres.ts';
import { makeHead } from '../support/make.ts';

const hasPostgres = await answersPostgres();

/** Runs a script as `npm run` does, with this database and nothing else from outside. */
function run(script: string, words: readonly string[], url: string) {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = { PATH: process.env.PATH, DATABASE_URL: url };
    execFile(process.execPath, [`scripts/${script}.ts`, ...words], { env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

describe.skipIf(!hasPostgres)('npm run fleet (needs PostgreSQL at 127.0.0.1:5432)', () => {
  let cluster: Awaited<ReturnType<typeof openCluster>>;
  beforeAll(async () => {
    cluster = await openCluster();
  });
  afterAll(() => cluster[Symbol.asyncDispose]());
  beforeEach(() => cluster.clear());

  /** The lines of the table, each as its cells. */
  const cellsIn = (out: string) =>
    out
      .trim()
      .split('\n')
      .map((line) => line.split(/ {2,}/));

  /** The script takes seconds to start, and nobody renews meanwhile. */
  const keepAlive = () =>
    sql`update members set alive_until = clock_timestamp() + interval '1 hour'`.execute(cluster.db);

  it('status shows each process with its shards, its heirships and its meetings', async () => {
    const [ann, bob] = [await cluster.join('ann'), await cluster.join('bob')];
    await ann.seats.layOut(2);
    await ann.seats.claim();
    await bob.seats.claim();
    await ann.seats.standBy('all');
    await bob.seats.standBy('all');
    await ann.seats.setReady(1, true);
    await ann.leases.begin(makeHead({ id: 'm1', guildId: '1' }));
    await keepAlive();
    const { code, out } = await run('fleet', ['status'], cluster.url);
    expect(cellsIn(out)).toEqual([
      ['process', 'version', 'address', 'state', 'serves', 'heir to', 'meetings', 'writing up'],
      ['ann', '1', '–', 'alive', '0', '1', '1', '0'],
      ['bob', '1', '–', 'alive', '1', '0 (not ready)', '0', '0'],
      ['No process is ready to take over shard 0.'],
    ]);
    expect(code).toBe(0);
  });

  it('status says what nobody serves after a crash', async () => {
    const ann = await cluster.join('ann');
    await ann.seats.layOut(2);
    await ann.seats.claim();
    await cluster.expire(ann);
    const { out } = await run('fleet', ['status'], cluster.url);
    expect(out).toMatch(/^ann .*dead for \d+ s/m);
    expect(out).toContain('Nobody serves shards 0, 1.');
  });

  it('drain has one process hand over, and no other', async () => {
    const [ann, bob] = [await cluster.join('ann'), await cluster.join('bob')];
    await keepAlive();
    const { code, out } = await run('fleet', ['drain', 'ann'], cluster.url);
    expect([code, out]).toEqual([0, 'ann hands over all meetings to other processes, and may then be stopped.\n']);
    const { rows } = await sql<{ id: string; draining: boolean }>`select id, draining from members`.execute(cluster.db);
    expect(new Map(rows.map((row) => [row.id, row.draining]))).toEqual(
      new Map([
        [ann.id, true],
        [bob.id, false],
      ]),
    );
    expect((await run('fleet', ['status'], cluster.url)).out).toMatch(/^ann .*drains/m);
  });

  it('drain refuses a name that no living process has', async () => {
    await cluster.expire(await cluster.join('ann'));
    const { code, err } = await run('fleet', ['drain', 'ann'], cluster.url);
    expect([code, err]).toEqual([1, 'No process that lives is called ann. `npm run fleet -- status` lists all.\n']);
  });

  it('explains itself where there is no cluster', async () => {
    expect((await run('fleet', ['status'], cluster.url)).out).toContain('No process has joined');
    expect(await run('fleet', ['status'], 'sqlite://data/x.db')).toMatchObject({
      code: 1,
      err: expect.stringContaining('PostgreSQL: set DATABASE_URL'),
    });
    expect(await run('fleet', ['drain'], cluster.url)).toMatchObject({ code: 2 });
    const nobody = await run('fleet', ['status'], 'postgres://u:secret@127.0.0.1:1/x');
    expect(nobody).toMatchObject({ code: 1, err: 'Cannot ask the database: nothing answers there.\n' });
  });
});

describe.skipIf(!hasPostgres)('npm run migrate (needs PostgreSQL at 127.0.0.1:5432)', () => {
  it('makes the tables, also where they are, and the fleet can be read then', async () => {
    await using database = await makeDatabase();
    const early = await run('fleet', ['status'], database.url);
    expect([early.code, early.err]).toEqual([1, expect.stringContaining('no tables of a cluster yet')]);
    const first = await run('migrate', [], database.url);
    expect([first.code, first.out, first.err]).toEqual([0, 'The tables are up to date.\n', '']);
    expect((await run('migrate', [], database.url)).code).toBe(0);
    expect((await run('fleet', ['status'], database.url)).code).toBe(0);
  });

  it('says why it cannot, without the password', async () => {
    const { code, err } = await run('migrate', [], 'postgres://u:secret@127.0.0.1:1/x');
    expect([code, err]).toEqual([1, expect.stringContaining('nothing answers there')]);
    expect(err).not.toContain('secret');
  });
});
