import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AlreadyRunning } from '../../../src/core/errors.ts';
import { quiet } from '../../../src/core/log.ts';
import type { Journal } from '../../../src/core/ports/journal.ts';
import { FencedJournals } from '../../../src/storage/cluster/fenced-journals.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import { makeFinal, makeHead } from '../../support/make.ts';
import { answersPostgres } from '../support/postgres.ts';
import { openCluster, type Process } from './support/cluster.ts';

const hasPostgres = await answersPostgres();
const SUPERSEDED = expect.objectContaining({ name: 'StorageError', code: 'superseded' });

describe.skipIf(!hasPostgres)('the journals of a process of a cluster (need PostgreSQL at 127.0.0.1:5432)', () => {
  let cluster: Awaited<ReturnType<typeof openCluster>>;
  let journal: Journal;
  let ana: Process;
  let bo: Process;
  let anas: FencedJournals;
  let bos: FencedJournals;
  const refused: string[] = [];
  beforeAll(async () => {
    cluster = await openCluster();
    journal = await openJournal(cluster.url, quiet);
  });
  beforeEach(async () => {
    refused.length = 0;
    ana = await cluster.join('ana');
    bo = await cluster.join('bo', await cluster.connect());
    anas = new FencedJournals(journal, ana.leases, (id) => refused.push(id));
    bos = new FencedJournals(journal, bo.leases, () => {});
  });
  afterEach(() => cluster.clear());
  afterAll(async () => {
    await journal[Symbol.asyncDispose]();
    await cluster[Symbol.asyncDispose]();
  });

  /** Bo takes over what Ana, who is dead, owned. */
  async function inherit() {
    await cluster.seat(bo);
    await bo.becomeSteady();
    await cluster.expire(ana);
    const askedMs = performance.now();
    return bos.replace(await bo.leases.claim(), askedMs);
  }

  it('begin a meeting and write it by its lease', async () => {
    await (await anas.begin(makeHead())).write(makeFinal({ utteranceId: 'u1' }));
    expect((await journal.archive.read('m1'))?.finals).toHaveLength(1);
  });

  it('begin no second meeting in a server, whichever process asks', async () => {
    await anas.begin(makeHead());
    await expect(bos.begin(makeHead({ id: 'm2' }))).rejects.toThrow(AlreadyRunning);
  });

  it('open before the lease is there, and refuse to write without one', async () => {
    const early = anas.of('m1');
    await expect(early.left('100', 5)).rejects.toEqual(SUPERSEDED);
    await anas.begin(makeHead());
    await early.write(makeFinal());
  });

  it('write nothing once another process owns the meeting, and say so', async () => {
    const theirs = await anas.begin(makeHead());
    expect((await inherit()).map(({ meetingId }) => meetingId)).toEqual(['m1']);
    await expect(theirs.write(makeFinal())).rejects.toEqual(SUPERSEDED);
    expect(refused).toEqual(['m1']);
    await bos.of('m1').write(makeFinal());
  });

  it('refuse what is left over from the first time when a meeting comes back', async () => {
    const first = await anas.begin(makeHead());
    await first.write(makeFinal());
    const [lease] = await inherit();
    if (!lease) throw new Error('Bo owns nothing');
    await bo.leases.offer(lease, ana.id);
    await ana.membership.renew();
    const back = await ana.leases.take('m1', 9_000);
    if (!back) throw new Error('The meeting did not come back');
    anas.add(back);
    await expect(first.left('100', 9_500)).rejects.toEqual(SUPERSEDED);
    await anas.of('m1').left('100', 9_500);
  });

  it('know a lease that was begun while the database was asked for all of them', async () => {
    const askedMs = performance.now();
    await anas.begin(makeHead());
    anas.replace([], askedMs);
    expect(anas.isLost('m1')).toBe(false);
    anas.replace([], performance.now() + 1);
    expect(anas.isLost('m1')).toBe(true);
  });

  it('let the next meeting begin when one is over, and keep the lease until it is settled', async () => {
    const one = await anas.begin(makeHead());
    await one.end(60_000, 'stopped');
    await anas.begin(makeHead({ id: 'm2' }));
    expect(await ana.leases.held()).toHaveLength(2);
    await one.settled();
    expect((await ana.leases.held()).map(({ meetingId }) => meetingId)).toEqual(['m2']);
  });
});
