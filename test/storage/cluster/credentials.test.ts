import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CredentialShare, CredentialUse, CredentialUser } from '../../../src/core/ports/speech-to-text.ts';
import { partOf } from '../../../src/storage/cluster/credentials.ts';
import { answersPostgres } from '../support/postgres.ts';
import { openCluster, type Process } from './support/cluster.ts';

const hasPostgres = await answersPostgres();
const SIX = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Somebody who opens sockets, as far as the test says so. */
class User implements CredentialUser {
  readonly clientIds: readonly string[];
  readonly uses = new Map<string, CredentialUse>();
  shares: readonly CredentialShare[] = [];
  constructor(clientIds: readonly string[]) {
    this.clientIds = clientIds;
  }
  allowCredentials(shares: readonly CredentialShare[]) {
    this.shares = shares;
  }
  useOf(clientId: string) {
    return this.uses.get(clientId) ?? { sessions: [], sockets: 0 };
  }
  get ids() {
    return this.shares.map(({ clientId }) => clientId);
  }
}

describe.skipIf(!hasPostgres)('shared credentials (need PostgreSQL at 127.0.0.1:5432)', () => {
  let cluster: Awaited<ReturnType<typeof openCluster>>;
  beforeAll(async () => {
    cluster = await openCluster();
  });
  afterEach(() => cluster.clear());
  afterAll(() => cluster[Symbol.asyncDispose]());

  async function member(name: string, ids: readonly string[], db = cluster.db) {
    const process = await cluster.join(name, db);
    const user = new User(ids);
    const credentials = process.credentials();
    credentials.connect(user);
    return { process, user, credentials };
  }
  type Member = Awaited<ReturnType<typeof member>>;

  async function rounds(members: readonly Member[], count = 3) {
    for (let round = 0; round < count; round += 1)
      for (const { credentials } of members) await credentials.renewShare();
  }
  async function pair(ids: readonly string[]): Promise<[Member, Member]> {
    const both: [Member, Member] = [await member('ana', ids), await member('bo', ids)];
    await rounds(both);
    return both;
  }
  const idsOf = (...members: readonly Member[]) => members.flatMap(({ user }) => user.ids).toSorted();
  async function kill(dead: Process, ...others: readonly Member[]) {
    await cluster.expire(dead);
    for (const { process } of others) await process.becomeSteady();
  }

  it('are all of a process that is alone, and half of each of two', async () => {
    const ana = await member('ana', SIX);
    await rounds([ana], 1);
    expect(idsOf(ana)).toEqual(SIX);
    const bo = await member('bo', SIX);
    await rounds([bo], 1);
    expect(bo.user.ids).toHaveLength(1); // at once, shared for the moment
    await rounds([ana, bo]);
    expect([ana.user.ids.length, bo.user.ids.length, idsOf(ana, bo)]).toEqual([3, 3, SIX]);
  });

  it('are each one process’s when all start at the same time', async () => {
    const dbs = await Promise.all([cluster.db, cluster.connect(), cluster.connect()]);
    const members = await Promise.all(dbs.map((db, at) => member(`${at}`, SIX, db)));
    for (let round = 0; round < 5; round += 1)
      await Promise.all(members.map(({ credentials }) => credentials.renewShare()));
    expect([idsOf(...members), members.map(({ user }) => user.ids.length)]).toEqual([SIX, [2, 2, 2]]);
  });

  it('stay with whoever gives them away until the last socket is closed', async () => {
    const ana = await member('ana', ['a', 'b']);
    await rounds([ana], 1);
    for (const id of ['a', 'b']) ana.user.uses.set(id, { sessions: [`s${id}`], sockets: 1 });
    const bo = await member('bo', ['a', 'b']);
    await rounds([bo, ana, bo]);
    const [given] = bo.user.ids;
    expect([ana.user.ids.length, bo.user.shares]).toMatchObject([1, [{ usedElsewhere: 1 }]]);
    if (given) ana.user.uses.delete(given);
    await rounds([ana, bo]);
    expect(bo.user.shares).toEqual([{ clientId: given, usedElsewhere: 0, leftBehind: [] }]);
    expect(idsOf(ana, bo)).toEqual(['a', 'b']);
  });

  it('go to others when their holder dies, with the sessions that it left open, until those are ended', async () => {
    const [ana, bo] = await pair(['a', 'b']);
    const [lost] = bo.user.ids;
    if (!lost) throw new Error('Bo has no credential');
    bo.user.uses.set(lost, { sessions: ['s1', 's2'], sockets: 2 });
    await rounds([bo], 1);
    await cluster.expire(bo.process);
    await rounds([ana]);
    expect(ana.user.ids).toHaveLength(1); // not judged dead yet
    await kill(bo.process, ana);
    await rounds([ana], 1);
    expect(ana.user.shares.find(({ clientId }) => clientId === lost)?.leftBehind).toEqual(['s1', 's2']);
    ana.user.uses.set(lost, { sessions: ['s2', 'own'], sockets: 1 }); // one of them is ended
    await rounds([ana], 2);
    const { rows } = await sql<{ sessions: string[] }>`
      select sessions from stt_holdings where cardinality(sessions) > 0`.execute(cluster.db);
    expect(ana.user.shares.find(({ clientId }) => clientId === lost)?.leftBehind).not.toContain('own');
    expect(rows.flatMap(({ sessions }) => sessions)).toContain('s2');
    ana.user.uses.set(lost, { sessions: ['own'], sockets: 1 });
    await rounds([ana], 2);
    expect(ana.user.shares.find(({ clientId }) => clientId === lost)?.leftBehind).toEqual([]);
  });

  it('are shared in parts of a learned limit where there are fewer than processes', async () => {
    const [ana, bo] = await pair(['a']);
    expect(idsOf(ana, bo)).toEqual(['a', 'a']);
    expect(ana.user.shares[0]).not.toHaveProperty('mostSockets');
    bo.user.uses.set('a', { sessions: [], sockets: 2 });
    await rounds([bo], 1);
    ana.user.uses.set('a', { sessions: [], sockets: 3, learnedSockets: 3 });
    await rounds([ana, bo]);
    const parts = (...some: readonly Member[]) => some.map(({ user }) => user.shares[0]?.mostSockets).toSorted();
    expect(parts(ana, bo)).toEqual([2, 3]);
    const cy = await member('cy', ['a']);
    await rounds([cy, ana, bo]);
    expect(parts(ana, bo, cy)).toEqual([1, 2, 2]);
  });

  it('tell a process that another one’s speech waits, and since when', async () => {
    const [ana, bo] = await pair(['a']);
    bo.user.uses.set('a', { sessions: [], sockets: 0, waitingSinceMs: performance.now() - 2_500 });
    await rounds([bo, ana], 1);
    const { wantedSinceMs = Number.NaN } = ana.user.shares[0] ?? {};
    expect(Math.abs(performance.now() - wantedSinceMs - 2_500)).toBeLessThan(2_400); // and not: since now
    expect(bo.user.shares[0]).not.toHaveProperty('wantedSinceMs');
    bo.user.uses.delete('a');
    await rounds([bo, ana], 1);
    expect(ana.user.shares[0]).not.toHaveProperty('wantedSinceMs');
  });

  it('are given back by a process that leaves, and stay as they are for one whose database is away', async () => {
    const [ana, bo] = await pair(['a', 'b']);
    const before = bo.user.shares;
    bo.process.pass(10_000); // frozen: it may change nothing, and goes on with what it has
    bo.user.uses.set('a', { sessions: ['x'], sockets: 1 });
    bo.user.uses.set('b', { sessions: ['x'], sockets: 1 });
    await expect(bo.credentials.renewShare()).rejects.toMatchObject({ code: 'superseded' });
    expect(bo.user.shares).toEqual(before);
    await bo.credentials.leave();
    await bo.process.membership.leave();
    await rounds([ana]);
    expect(idsOf(ana)).toEqual(['a', 'b']);
  });

  it('are named by a hash in the database', async () => {
    await pair(['client-id-of-a']);
    const { rows } = await sql<{ hash: string }>`select hash from stt_credentials`.execute(cluster.db);
    expect(rows).toEqual([{ hash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  });
});

describe('the part of a learned limit', () => {
  it.each([
    [6, 3, [2, 2, 2]],
    [5, 2, [3, 2]],
    [1, 3, [1, 1, 1]], // who take turns
    [7, 4, [2, 2, 2, 1]],
  ])('of %d sockets for %d processes is %j', (sockets, holders, parts) => {
    expect(Array.from({ length: holders }, (_, place) => partOf(sockets, holders, place))).toEqual(parts);
  });
});
