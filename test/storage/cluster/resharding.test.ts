import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { reshard } from '../../../scripts/fleet/reshard.ts';
import { makeHead } from '../../support/make.ts';
import { answersPostgres } from '../support/postgres.ts';
import { openCluster, type Process } from './support/cluster.ts';

const hasPostgres = await answersPostgres();
const inShard = (shard: bigint) => `${shard << 22n}`; // of any number of shards greater than this

describe.skipIf(!hasPostgres)('another number of shards (needs PostgreSQL at 127.0.0.1:5432)', () => {
  let cluster: Awaited<ReturnType<typeof openCluster>>;
  let operator: pg.Client;
  beforeAll(async () => {
    cluster = await openCluster();
    operator = new pg.Client({ connectionString: cluster.url });
    await operator.connect();
  });
  afterEach(() => cluster.clear());
  afterAll(async () => {
    await operator.end();
    await cluster[Symbol.asyncDispose]();
  });

  const shards = (seats: readonly { readonly shardId: number }[] = []) => seats.map(({ shardId }) => shardId);
  const held = async ({ seats }: Process) => shards((await seats.own()).held);

  /** Two processes, each with one of two shards. */
  async function pair(): Promise<[Process, Process]> {
    const [ana, bo] = [await cluster.join('ana'), await cluster.join('bo')];
    await ana.seats.layOut(2);
    for (const process of [ana, bo]) await process.seats.claim();
    return [ana, bo];
  }

  async function standByReady({ resharding }: Process): Promise<void> {
    for (const { shardId } of (await resharding.standBy())?.mine ?? []) await resharding.ready(shardId);
  }

  it('is nobody’s business until somebody asks for it', async () => {
    const [ana] = await pair();
    const isAskedFor = async () => (await ana.seats.own()).isResharding;
    expect([await isAskedFor(), await ana.resharding.standBy()]).toEqual([false, undefined]);
    expect(await ana.resharding.finish()).toBe(false);
    expect(await reshard(operator, 2)).toBe(2);
    expect([await isAskedFor(), await ana.resharding.standBy()]).toEqual([false, undefined]);
    const cy = await cluster.join('cy'); // it has nothing yet, and has to know all the same
    await reshard(operator, 4);
    expect([await isAskedFor(), (await cy.seats.own()).isResharding]).toEqual([true, true]);
  });

  it('is shared out so that servers stay where they are, if that is fair', async () => {
    const [ana, bo] = await pair();
    await reshard(operator, 4);
    expect(shards((await bo.resharding.standBy())?.mine)).toEqual([1, 3]);
    expect(shards((await ana.resharding.standBy())?.mine)).toEqual([0, 2]);
  });

  it('serves at once in all shards, when every session is open and every meeting has moved', async () => {
    const [ana, bo] = await pair();
    await reshard(operator, 3);
    await ana.resharding.standBy(); // 0 and 2
    await standByReady(bo);
    await ana.resharding.ready(0);
    expect([(await bo.resharding.standBy())?.heirs, await bo.resharding.finish()]).toEqual([undefined, false]);
    await ana.resharding.ready(2);
    const next = await bo.resharding.standBy();
    expect(next?.heirs).toEqual(
      new Map([
        [0, ana.id],
        [1, bo.id],
        [2, ana.id],
      ]),
    );
    const moving = await ana.leases.begin(makeHead({ id: 'm1', guildId: inShard(1n) }));
    if (moving === 'already running') throw new Error('Nothing else runs');
    expect(await ana.resharding.finish()).toBe(false);
    await ana.leases.offer(moving, bo.id);
    await bo.leases.take(moving.meetingId, 1_000);
    expect([await ana.resharding.finish(), await bo.resharding.finish()]).toEqual([true, false]);
    expect([await held(ana), await held(bo)]).toEqual([[0, 2], [1]]);
    expect(await bo.seats.layOut(9)).toBe(3);
  });

  it('waits for another heir when one leaves or dies', async () => {
    const [ana, bo] = await pair();
    await reshard(operator, 4);
    await standByReady(ana);
    await standByReady(bo);
    await cluster.expire(bo);
    expect(await ana.resharding.finish()).toBe(false);
    await standByReady(ana);
    expect(await ana.resharding.finish()).toBe(true);
    expect(await held(ana)).toEqual([0, 1, 2, 3]);
  });

  it('may be asked for anew, or no more, before it serves', async () => {
    const [ana] = await pair();
    await reshard(operator, 4);
    await standByReady(ana);
    await reshard(operator, 8);
    expect((await ana.resharding.standBy())?.count).toBe(8);
    await reshard(operator, 2);
    expect(await ana.resharding.standBy()).toBeUndefined();
    const { rows } = await sql`select from shard_seats`.execute(cluster.db);
    expect(rows).toHaveLength(2);
  });
});
