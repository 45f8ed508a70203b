import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import { Membership } from '../../../src/storage/cluster/membership.ts';
import { keepRenewing } from '../../../src/storage/cluster/renewals.ts';
import type { JournalTables } from '../../../src/storage/journal/tables/schema.ts';
import { makeHead } from '../../support/make.ts';
import { answersPostgres, cutConnections } from '../support/postgres.ts';
import { openCluster } from './support/cluster.ts';

const hasPostgres = await answersPostgres();

async function countedUntilMs(db: Kysely<JournalTables>): Promise<number> {
  const { rows } = await sql<{ ms: number }>`
    select extract(epoch from alive_until)::float8 * 1000 as ms from members`.execute(db);
  return rows[0]?.ms ?? Number.NaN;
}

describe.skipIf(!hasPostgres).concurrent('a membership (needs PostgreSQL at 127.0.0.1:5432)', () => {
  let cluster: Awaited<ReturnType<typeof openCluster>>;
  beforeAll(async () => {
    cluster = await openCluster('by itself');
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  async function rowOf({ id }: { readonly id: string }) {
    const { rows } = await sql<{ name: string; draining: boolean; leftMs: number }>`
      select name, draining, extract(epoch from alive_until - clock_timestamp())::float8 * 1000 as "leftMs"
      from members where id = ${id}`.execute(cluster.db);
    return rows[0];
  }

  it('is counted on for four seconds after each renewal, by the database’s clock', async () => {
    const process = await cluster.join('a');
    await cluster.expire(process);
    await process.membership.renew();
    const leftMs = (await rowOf(process))?.leftMs ?? 0;
    expect(leftMs).toBeGreaterThan(2_000); // less what the test itself took
    expect(leftMs).toBeLessThanOrEqual(4_000);
  });

  it('counts on itself for less than three seconds', async () => {
    const process = await cluster.join('a');
    process.pass(2_999);
    expect(process.membership.isAlive()).toBe(true);
    process.pass(1);
    expect(process.membership.isAlive()).toBe(false);
  });

  it('reckons from before it sent a renewal, not from the answer', async () => {
    let nowMs = 0;
    const membership = await Membership.join(cluster.db, { name: 'a', version: '1' }, () => nowMs);
    nowMs = 2_000;
    const renewed = membership.renew();
    nowMs = 4_000; // the answer is on its way
    await renewed;
    nowMs = 4_999;
    expect(membership.isAlive()).toBe(true);
    nowMs = 5_000;
    expect(membership.isAlive()).toBe(false);
  });

  it('does not go on after an answer that took longer than a term', async () => {
    const process = await cluster.join('a');
    const { term } = process.membership;
    const renewed = process.membership.renew();
    process.pass(3_000); // frozen meanwhile
    await renewed;
    expect(term.aborted).toBe(true);
    expect(process.membership.isAlive()).toBe(false);
  });

  it('begins another term when it could not renew in time, and never goes on with the old one', async () => {
    const process = await cluster.join('a');
    const { term } = process.membership;
    process.pass(10_000); // nobody asks meanwhile whether it is alive
    await process.membership.renew();
    expect(term.aborted).toBe(true);
    expect(process.membership.isAlive()).toBe(true);
    expect(process.membership.term.aborted).toBe(false);
  });

  it('ends a term on time when no renewal comes through and nobody asks', async () => {
    const membership = await Membership.join(cluster.db, { name: 'a', version: '1' });
    const { term } = membership;
    const { promise, resolve } = Promise.withResolvers<void>();
    term.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    expect(membership.isAlive()).toBe(false);
  });

  it('judges others dead only after it has renewed for four seconds without a pause', async () => {
    const process = await cluster.join('a');
    await process.becomeSteady();
    expect(process.membership.isSteady()).toBe(true);
    process.pass(2_500); // the term goes on, but perhaps nobody could renew
    await process.membership.renew();
    expect(process.membership.isAlive()).toBe(true);
    expect(process.membership.isSteady()).toBe(false);
    await process.becomeSteady();
    expect(process.membership.isSteady()).toBe(true);
  });

  it('is there again when it renews after its row was removed', async () => {
    const process = await cluster.join('a');
    await process.membership.drain();
    await sql`delete from members where id = ${process.id}`.execute(cluster.db);
    await process.membership.renew();
    expect(await rowOf(process)).toMatchObject({ name: 'a', draining: true });
  });

  it('says that it drains, and goes on living', async () => {
    const process = await cluster.join('a');
    await process.membership.drain();
    await process.membership.renew();
    expect(await rowOf(process)).toMatchObject({ draining: true });
    expect(process.membership.isAlive()).toBe(true);
  });

  it('leaves no row behind, and does not come back', async () => {
    const process = await cluster.join('a');
    const { term } = process.membership;
    await process.membership.leave();
    await process.membership.renew();
    expect(term.aborted).toBe(true);
    expect(process.membership.isAlive()).toBe(false);
    expect(await rowOf(process)).toBeUndefined();
  });

  it('is dead at once when it leaves while it still owns a meeting', async () => {
    const process = await cluster.join('a');
    await sql`
      insert into meetings (id, guild_id, title, voice_channel_id, voice_channel_name, text_channel_id, started_by, began_at_ms)
      values ('m1', ${makeHead().guildId}, '', '', '', '', '', 0)`.execute(cluster.db);
    await sql`
      insert into meeting_leases (meeting_id, guild_id, bot_id, holder, token)
      values ('m1', '1', '7', ${process.id}, nextval('lease_tokens'))`.execute(cluster.db);
    await process.membership.leave();
    expect((await rowOf(process))?.leftMs).toBeLessThan(0);
  });

  it('removes those who died a day ago when somebody joins', async () => {
    const dead = await cluster.join('dead');
    const late = await cluster.join('late');
    await cluster.expire(late);
    await sql`
      update members set alive_until = clock_timestamp() - interval '25 h' where id = ${dead.id}`.execute(cluster.db);
    await cluster.join('new');
    expect(await rowOf(dead)).toBeUndefined();
    expect(await rowOf(late)).toBeDefined();
  });

  it('is renewed each second until it is disposed, also when the server cuts its connections', async () => {
    await using own = await openCluster('by itself');
    const membership = await Membership.join(own.db, { name: 'real', version: '1', address: '127.0.0.1' });
    const { term } = membership;
    {
      await using _renewals = keepRenewing(membership, quiet);
      await cutConnections(own.url);
      const firstMs = await countedUntilMs(own.db);
      // Later than a term lasts, which would be over without renewals.
      const renewed = async () => expect(await countedUntilMs(own.db)).toBeGreaterThan(firstMs + 3_000);
      await vi.waitFor(renewed, { timeout: 15_000, interval: 200 });
      expect(term.aborted).toBe(false);
    }
    const { rows } = await sql`select from members`.execute(own.db);
    expect(rows).toEqual([]);
  });

  it('knows first of all that its term is over when its process was frozen', async () => {
    const script = fileURLToPath(new URL('./support/frozen-member.ts', import.meta.url));
    const child = spawn(process.execPath, [script, cluster.url], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
      const id = `${(await lines.next()).value}`;
      expect(JSON.parse(`${(await lines.next()).value}`)).toEqual({ isAlive: true, isFirstTerm: true });
      child.kill('SIGSTOP');
      const { promise: waited, resolve } = Promise.withResolvers<void>();
      let last = '';
      const reading = (async () => {
        for (let line = await lines.next(); !line.done; line = await lines.next()) {
          last = `${line.value}`;
          if (!JSON.parse(last).isFirstTerm) return;
          // Written before it was stopped, or it would have been stopped for too short a time.
          expect(JSON.parse(last)).toEqual({ isAlive: true, isFirstTerm: true });
        }
      })();
      const poll = setInterval(async () => {
        const row = await rowOf({ id });
        if (row && row.leftMs < 0) resolve();
      }, 100);
      await waited.finally(() => clearInterval(poll)); // the others count on it no longer
      child.kill('SIGCONT');
      await reading;
      expect(JSON.parse(last)).toEqual({ isAlive: false, isFirstTerm: false });
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('knows whether a newer version is there, by its numbers and not by its letters', async () => {
    const join = (version: string) => Membership.join(cluster.db, { name: version, version }, () => 0);
    const old = await join('1.9.3');
    expect(await old.isNewest()).toBe(true);
    const newer = await join('1.10.0-rc.1');
    expect([await old.isNewest(), await newer.isNewest()]).toEqual([false, true]);
    await newer.leave();
    expect(await old.isNewest()).toBe(true);
  });
});
