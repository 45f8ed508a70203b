import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FleetSize } from '../../../src/storage/cluster/fleet-size.ts';
import { answersPostgres } from '../support/postgres.ts';
import { openCluster } from './support/cluster.ts';

describe.skipIf(!(await answersPostgres()))('the size of a fleet (needs PostgreSQL at 127.0.0.1:5432)', () => {
  let cluster: Awaited<ReturnType<typeof openCluster>>;
  beforeAll(async () => {
    cluster = await openCluster();
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  it('is the number of processes that are alive, and at least one', async () => {
    using size = new FleetSize(cluster.db);
    expect([size.processes, await size.count()]).toEqual([1, 1]);
    await cluster.join('ana');
    const bo = await cluster.join('bo');
    expect([await size.count(), size.processes]).toEqual([2, 2]);
    await bo.membership.leave();
    expect(await size.count()).toBe(1);
  });
});
