import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Heirship, Seat } from '../../../src/storage/cluster/seats/seats.ts';
import { answersPostgres } from '../support/postgres.ts';
import { openCluster, type Process } from './support/cluster.ts';

const hasPostgres = await answersPostgres();

describe.skipIf(!hasPostgres)('shard seats (need PostgreSQL at 127.0.0.1:5432)', () => {
  let cluster: Awaited<ReturnType<typeof openCluster>>;
  beforeAll(async () => {
    cluster = await openCluster();
  });
  afterEach(() => cluster.clear());
  afterAll(() => cluster[Symbol.asyncDispose]());

  const shards = (seats: readonly { readonly shardId: number }[]) => seats.map(({ shardId }) => shardId);
  const seatsOf = async (process: Process) => (await process.seats.own()).held;
  const held = async (process: Process) => shards(await seatsOf(process));

  /** @returns what it holds now */
  async function claim(process: Process): Promise<readonly Seat[]> {
    await process.seats.claim();
    return await seatsOf(process);
  }

  /** @returns what it is heir to now */
  async function standBy(process: Process, whose: 'all' | 'leaving' = 'all'): Promise<readonly Heirship[]> {
    await process.seats.standBy(whose);
    return (await process.seats.own()).heirships;
  }

  /** Processes that have shared the seats out, the first one first, without heirs. */
  async function fleet(seats: number, ...names: readonly string[]): Promise<Process[]> {
    const processes = await Promise.all(names.map((name) => cluster.join(name)));
    await processes[0]?.seats.layOut(seats);
    for (const process of processes) await process.seats.claim();
    return processes;
  }

  /** Two of them, which is what most tests need. */
  async function pair(seats: number): Promise<[Process, Process]> {
    const [ana, bo] = await fleet(seats, 'ana', 'bo');
    if (!ana || !bo) throw new Error('Nobody is there');
    return [ana, bo];
  }

  async function standByReady(process: Process, whose: 'all' | 'leaving' = 'all'): Promise<number[]> {
    const heirships = await standBy(process, whose);
    for (const { shardId } of heirships) await process.seats.setReady(shardId, true);
    return shards(heirships);
  }

  it('are laid out once, by whoever is first', async () => {
    const [ana, bo] = [await cluster.join('ana'), await cluster.join('bo', await cluster.connect())];
    const counts = await Promise.all([ana.seats.layOut(3), bo.seats.layOut(5)]);
    expect(new Set(counts).size).toBe(1);
    expect([3, 5]).toContain(counts[0]);
    expect(await bo.seats.layOut(9)).toBe(counts[0]);
  });

  it('are all taken by a process that is alone', async () => {
    const [ana] = await fleet(3, 'ana');
    expect(ana && (await held(ana))).toEqual([0, 1, 2]);
  });

  it('are taken up to a fair share, each once, when all start at the same time', async () => {
    const own = await Promise.all([cluster.db, cluster.connect(), cluster.connect()]);
    const processes = await Promise.all(own.map((db, at) => cluster.join(`${at}`, db)));
    await processes[0]?.seats.layOut(7);
    for (let round = 0; round < 2; round += 1) await Promise.all(processes.map((process) => process.seats.claim()));
    const all = await Promise.all(processes.map(held));
    expect(all.flat().toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (const some of all) expect(some.length).toBeLessThanOrEqual(3);
  });

  it('stay with a holder who lives, and go to others when it is dead for those who may judge that', async () => {
    const [ana, bo] = await pair(4);
    await bo.becomeSteady();
    expect(shards(await claim(bo))).toEqual([2, 3]);
    await cluster.expire(ana);
    const before = await seatsOf(bo);
    const cy = await cluster.join('cy'); // not steady: it has just come
    expect(await claim(cy)).toEqual([]);
    expect(shards(await claim(bo))).toEqual([2, 3]); // two alive: its share is full
    await cluster.expire(cy);
    const after = await claim(bo);
    expect(shards(after)).toEqual([0, 1, 2, 3]);
    expect(after.slice(2)).toEqual(before);
    for (const seat of after.slice(0, 2)) expect(seat.token).toBeGreaterThan(before[1]?.token ?? 0n);
  });

  it('are free at once when their holder has left', async () => {
    const [ana, bo] = await pair(2);
    await ana.membership.leave();
    expect(shards(await claim(bo))).toEqual([0, 1]);
  });

  it('are not taken by a process that was frozen, nor by one that drains', async () => {
    const [ana, bo] = await pair(2);
    await ana.membership.leave();
    await bo.membership.drain();
    expect(shards(await claim(bo))).toEqual([1]);
    bo.pass(10_000);
    await expect(bo.seats.claim()).rejects.toMatchObject({ code: 'superseded' });
  });

  it('have an heir in another process', async () => {
    const [ana, bo] = await pair(4);
    expect(await standByReady(ana)).toEqual([2, 3]);
    expect(await standBy(ana)).toMatchObject([{ isReady: true }, { isReady: true }]);
    expect(await standByReady(bo)).toEqual([0, 1]);
  });

  it('have an heir beyond the fair share where nobody else has room', async () => {
    const [ana, bo, cy] = await fleet(3, 'ana', 'bo', 'cy');
    if (!ana || !bo || !cy) throw new Error('Nobody is there');
    expect(await standByReady(ana)).toEqual([1]);
    expect(await standByReady(bo)).toEqual([0, 2]); // the one seat of cy, which is no heir to itself
    expect(await standByReady(cy)).toEqual([]);
  });

  it('have no heir where there is but one process', async () => {
    const [ana] = await fleet(2, 'ana');
    expect(ana && (await standBy(ana))).toEqual([]);
  });

  it('have no heir where heirs stand by only in a deploy, until their holder drains', async () => {
    const [ana, bo] = await pair(2);
    expect(await standBy(bo, 'leaving')).toEqual([]);
    await ana.membership.drain();
    expect(shards(await standBy(bo, 'leaving'))).toEqual([0]);
  });

  it('go to their heir when the holder dies, beyond the fair share', async () => {
    const [ana, bo, cy] = await fleet(3, 'ana', 'bo', 'cy');
    if (!ana || !bo || !cy) throw new Error('Nobody is there');
    expect(await standByReady(bo)).toEqual([0]);
    await cluster.expire(ana);
    await cy.becomeSteady();
    expect(shards(await claim(cy))).toEqual([2]); // not past the heir
    await bo.becomeSteady();
    expect(shards(await claim(bo))).toEqual([0, 1]);
  });

  it('get another heir when theirs is dead', async () => {
    const [, bo, cy] = await fleet(3, 'ana', 'bo', 'cy');
    if (!bo || !cy) throw new Error('Nobody is there');
    expect(await standByReady(bo)).toEqual([0]);
    await cluster.expire(bo);
    expect(await standByReady(cy)).toEqual([0, 1]);
  });

  it('are handed over to a ready heir only, by their holder only, with a higher token', async () => {
    const [ana, bo] = await pair(2);
    const [seat] = await seatsOf(ana);
    if (!seat) throw new Error('Ana has no seat');
    expect(await ana.seats.handOver(seat)).toBe(false); // no heir
    await bo.seats.standBy('all');
    expect(await ana.seats.handOver(seat)).toBe(false); // not ready
    await bo.seats.setReady(seat.shardId, true);
    expect(await bo.seats.handOver(seat)).toBe(false);
    expect(await ana.seats.handOver(seat)).toBe(true);
    expect(await ana.seats.handOver(seat)).toBe(false);
    expect(await held(ana)).toEqual([]);
    const given = (await seatsOf(bo)).find(({ shardId }) => shardId === seat.shardId);
    expect(given?.token).toBeGreaterThan(seat.token);
  });

  it('are not handed over to an heir that is dead', async () => {
    const [ana, bo] = await pair(2);
    await standByReady(bo);
    await cluster.expire(bo);
    const [seat] = await seatsOf(ana);
    expect(seat && (await ana.seats.handOver(seat))).toBe(false);
  });

  it('are all to be handed over when their holder drains, in place of an heir without room by one with room', async () => {
    const [ana, bo] = await pair(4);
    await standByReady(ana);
    await standByReady(bo);
    const cy = await cluster.join('cy');
    expect(await standByReady(cy)).toEqual([]); // nobody leaves, and every seat has an heir
    await ana.membership.drain();
    expect(shards(await ana.seats.surplus())).toEqual([0, 1]); // rather to an heir without room than to nobody
    expect(await standByReady(cy, 'leaving')).toEqual([0, 1]);
    for (const seat of await ana.seats.surplus()) expect(await ana.seats.handOver(seat)).toBe(true);
    expect([await held(ana), await held(bo), await held(cy)]).toEqual([[], [2, 3], [0, 1]]);
  });

  it('are given away down to the fair share when a process joins, and then no more', async () => {
    const [ana, bo] = await pair(6);
    await standByReady(ana);
    await standByReady(bo);
    const cy = await cluster.join('cy');
    expect(await standByReady(cy)).toEqual([0, 1]); // as many as it has room for
    const surplus = await ana.seats.surplus();
    expect(shards(surplus)).toEqual([0]);
    for (const seat of surplus) await ana.seats.handOver(seat);
    expect(await ana.seats.surplus()).toEqual([]);
    expect(await standByReady(cy)).toEqual(expect.arrayContaining([3]));
    for (const seat of await bo.seats.surplus()) await bo.seats.handOver(seat);
    expect((await Promise.all([ana, bo, cy].map(held))).map(({ length }) => length)).toEqual([2, 2, 2]);
    expect([await ana.seats.surplus(), await bo.seats.surplus(), await cy.seats.surplus()]).toEqual([[], [], []]);
  });

  it('have tokens that only grow', async () => {
    const [ana] = await pair(2);
    const [seat] = await seatsOf(ana);
    await ana.membership.leave();
    const cy = await cluster.join('cy');
    const [taken] = await claim(cy);
    expect(taken?.shardId).toBe(seat?.shardId);
    expect(taken?.token).toBeGreaterThan(seat?.token ?? 0n);
    const { rows } = await sql`select token from shard_seats group by token having count(*) > 1`.execute(cluster.db);
    expect(rows).toEqual([]);
  });

  it('tell who serves a shard and who is ready to, as long as they are counted on', async () => {
    const [ana, bo] = await pair(1);
    expect([await ana.seats.others(), await ana.seats.readyHeirOf(0)]).toEqual([1, undefined]);
    await bo.seats.standBy('all');
    expect(await ana.seats.readyHeirOf(0)).toBeUndefined();
    await bo.seats.setReady(0, true);
    expect([await ana.seats.readyHeirOf(0), await bo.seats.otherHolderOf('1')]).toEqual([bo.id, ana.id]);
    expect(await ana.seats.otherHolderOf('1')).toBeUndefined();
    await bo.seats.setReady(0, false); // it no longer hears Discord
    expect(await ana.seats.readyHeirOf(0)).toBeUndefined();
    await bo.seats.setReady(0, true);
    await cluster.expire(bo);
    expect([await ana.seats.others(), await ana.seats.readyHeirOf(0)]).toEqual([0, undefined]);
    await cluster.expire(ana);
    expect(await bo.seats.otherHolderOf('1')).toBeUndefined();
  });
});
