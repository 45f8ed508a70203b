import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Guest, LinkLimits } from '../../../../src/core/ports/live-links.ts';
import { Attempts } from '../../../../src/storage/attempts.ts';
import { SharedLinks } from '../../../../src/storage/cluster/live/links.ts';
import { insertMeeting } from '../../../../src/storage/journal/tables/meetings.ts';
import { BusHub } from '../../../support/bus-in-memory.ts';
import { makeHead } from '../../../support/make.ts';
import { answersPostgres } from '../../support/postgres.ts';
import { openCluster } from '../support/cluster.ts';

const hasPostgres = await answersPostgres();
const cluster = hasPostgres ? await openCluster() : undefined;
const guest: Guest = { guildId: '1', meetingId: 'm1', userId: '100' };

/** The links as two processes have them, each with its own connections. */
async function twoProcesses(limits: Partial<LinkLimits> = {}) {
  if (!cluster) throw new Error('There is no PostgreSQL');
  const hub = new BusHub();
  const open = async (db = cluster.db) => {
    const attempts = new Attempts(new AbortController().signal, 'links');
    const bus = hub.connect();
    const links = new SharedLinks({ db, attempts, bus, publicUrl: 'https://parley.example.org/' }, limits);
    onTestFinished(() => links[Symbol.dispose]());
    return { links, bus };
  };
  const here = await open();
  const there = await open(await cluster.connect());
  const secretFor = async (whose: Guest, { links } = here) =>
    new URL(await links.invite(whose)).searchParams.get('key') ?? '';
  const works = async (secret: string, meetingId = 'm1', { links } = there) =>
    (await links.passOf(meetingId, secret)) !== undefined;
  return { here, there, open, secretFor, works };
}

describe.skipIf(!hasPostgres)('links to live pages of several processes', () => {
  afterAll(async () => {
    await cluster?.[Symbol.asyncDispose]();
  });

  beforeEach(async () => {
    await cluster?.clear();
    for (const [id, guildId] of [
      ['m1', '1'],
      ['m2', '2'],
      ['m3', '3'],
    ] as const)
      await insertMeeting(cluster?.db ?? expect.fail(), makeHead({ id, guildId }));
  });

  it('work in another process than the one that made them, and for their meeting and member alone', async () => {
    const { there, secretFor, works } = await twoProcesses();
    const secret = await secretFor(guest);
    const pass = await there.links.passOf('m1', secret);
    expect(pass?.guest).toEqual(guest);
    expect((pass?.untilMs ?? 0) - Date.now()).toBeGreaterThan(11.9 * 60 * 60_000);
    expect([await works(secret, 'm2'), await works(''), await works(`${secret}x`)]).toEqual([false, false, false]);
  });

  it('outlive the process that made them', async () => {
    const { here, secretFor, open, works } = await twoProcesses();
    const secret = await secretFor(guest);
    here.links[Symbol.dispose]();
    expect(await works(secret, 'm1', await open())).toBe(true);
  });

  it('are kept as hashes alone', async () => {
    const { secretFor } = await twoProcesses();
    const secret = await secretFor(guest);
    const { rows } = await sql`select live_links::text as row from live_links`.execute(cluster?.db ?? expect.fail());
    expect(rows).toHaveLength(1);
    const row = JSON.stringify(rows);
    expect([row.includes(secret), row.includes(Buffer.from(secret).toString('hex'))]).toEqual([false, false]);
  });

  it('end pages in every process at once when they are closed, one member’s or all', async () => {
    const { here, there, secretFor, works } = await twoProcesses();
    const mine = await secretFor(guest);
    const others = await secretFor({ ...guest, userId: '200' }, there);
    const over = (await there.links.passOf('m1', mine))?.over;
    expect(await here.links.close(guest)).toBe(1);
    expect(over?.aborted).toBe(true);
    expect([await works(mine), await works(others)]).toEqual([false, true]);
    const othersOver = (await here.links.passOf('m1', others))?.over;
    expect(await there.links.closeAll({ guildId: '1', meetingId: 'm1' })).toBe(1);
    expect(othersOver?.aborted).toBe(true);
    expect(await works(others)).toBe(false);
    expect(await here.links.close(guest)).toBe(0);
  });

  it('end pages at the next check where the news of that got lost', async () => {
    const { here, there, secretFor, works } = await twoProcesses();
    const secret = await secretFor(guest);
    const over = (await there.links.passOf('m1', secret))?.over;
    here.bus.setUp(false);
    await here.links.closeAll(guest);
    expect(over?.aborted).toBe(false);
    await there.links.checkPasses();
    expect(over?.aborted).toBe(true);
    expect(await works(secret)).toBe(false);
  });

  it('go with their meeting', async () => {
    const { secretFor, there, works } = await twoProcesses();
    const secret = await secretFor(guest);
    const over = (await there.links.passOf('m1', secret))?.over;
    await sql`delete from meetings where id = 'm1'`.execute(cluster?.db ?? expect.fail());
    expect(await works(secret)).toBe(false);
    expect(over?.aborted).toBe(true);
  });

  it('expire by the database’s clock', async () => {
    const { secretFor, works, there } = await twoProcesses({ livesMs: 300 });
    const secret = await secretFor(guest);
    const over = (await there.links.passOf('m1', secret))?.over;
    await expect.poll(() => over?.aborted).toBe(true);
    expect(await works(secret)).toBe(false);
    await secretFor(guest);
    const { rows } = await sql`select from live_links`.execute(cluster?.db ?? expect.fail());
    expect(rows).toHaveLength(1); // those that expired are gone
  });

  it('are five for each member, wherever they were made: the oldest ends everywhere', async () => {
    const { here, there, secretFor, works } = await twoProcesses();
    const first = await secretFor(guest);
    const others = await secretFor({ ...guest, userId: '200' });
    const over = (await here.links.passOf('m1', first))?.over;
    const rest: string[] = [];
    for (let i = 0; i < 5; i += 1) rest.push(await secretFor(guest, i % 2 === 0 ? there : here));
    expect(over?.aborted).toBe(true);
    expect(await Promise.all([first, ...rest, others].map((secret) => works(secret)))).toEqual([
      false,
      ...Array.from({ length: 6 }, () => true),
    ]);
  });

  it('are limited for each server, whatever others do', async () => {
    const { secretFor, works } = await twoProcesses({ perGuild: 3 });
    const elsewhere = await secretFor({ guildId: '2', meetingId: 'm2', userId: '1' });
    const made: string[] = [];
    for (let i = 0; i < 4; i += 1) made.push(await secretFor({ ...guest, userId: `${i}` }));
    expect(await works(elsewhere, 'm2')).toBe(true);
    expect(await Promise.all(made.map((secret) => works(secret)))).toEqual([false, true, true, true]);
  });

  it('end in the server with most links when there are too many in all', async () => {
    const { secretFor, works } = await twoProcesses({ inAll: 4 });
    const quietOnes = await secretFor({ guildId: '2', meetingId: 'm2', userId: '1' });
    const made: string[] = [];
    for (let i = 0; i < 3; i += 1) made.push(await secretFor({ ...guest, userId: `${i}` }));
    const newcomers = await secretFor({ guildId: '3', meetingId: 'm3', userId: '1' });
    expect([await works(quietOnes, 'm2'), await works(newcomers, 'm3')]).toEqual([true, true]);
    expect(await Promise.all(made.map((secret) => works(secret)))).toEqual([false, true, true]);
  });

  it('are apart for what they show: a key of an overlay opens nothing else, and is closed alone', async () => {
    const { here, there, secretFor, works } = await twoProcesses({ perGuest: 1 });
    const overlay = { ...guest, shows: 'overlay' } as const;
    const [page, others] = [await secretFor(guest), await secretFor({ ...overlay, userId: '200' })];
    const shown = await secretFor(overlay);
    const shows = async (secret: string) => (await there.links.passOf('m1', secret, 'overlay')) !== undefined;
    expect([await works(page), await works(shown), await shows(page), await shows(shown)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    const pass = await there.links.passOf('m1', shown, 'overlay');
    expect(pass?.guest).toEqual(overlay);
    expect([await here.links.close(overlay), await shows(shown), await shows(others)]).toEqual([1, false, true]);
    await expect.poll(() => pass?.over.aborted).toBe(true);
    expect([await here.links.closeAll(overlay), await shows(others), await works(page)]).toEqual([1, false, true]);
    await secretFor(overlay);
    expect(await here.links.closeAll({ guildId: '1', meetingId: 'm1' })).toBe(2);
  });
});
