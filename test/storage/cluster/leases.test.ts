import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import type { Journal, MeetingLease } from '../../../src/core/ports/journal.ts';
import { writeUnderLease } from '../../../src/storage/cluster/fence.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import { makeFinal, makeHead, makeTally, makeTranslation } from '../../support/make.ts';
import { answersPostgres } from '../support/postgres.ts';
import { openCluster, type Process } from './support/cluster.ts';

const hasPostgres = await answersPostgres();
const SUPERSEDED = expect.objectContaining({ name: 'StorageError', code: 'superseded' });

describe.skipIf(!hasPostgres)('meeting leases (need PostgreSQL at 127.0.0.1:5432)', () => {
  let cluster: Awaited<ReturnType<typeof openCluster>>;
  let journal: Journal;
  let ana: Process;
  let bo: Process;
  beforeAll(async () => {
    cluster = await openCluster();
    journal = await openJournal(cluster.url, quiet);
  });
  beforeEach(async () => {
    ana = await cluster.join('ana');
    bo = await cluster.join('bo', await cluster.connect());
  });
  afterEach(() => cluster.clear());
  afterAll(async () => {
    await journal[Symbol.asyncDispose]();
    await cluster[Symbol.asyncDispose]();
  });

  async function begun(process: Process, parts: Parameters<typeof makeHead>[0] = {}): Promise<MeetingLease> {
    const lease = await process.leases.begin(makeHead(parts));
    if (lease === 'already running') throw new Error(lease);
    return lease;
  }

  /** Ana dies while she owns a meeting, and Bo has what it takes to claim it. */
  async function orphaned(): Promise<MeetingLease> {
    const lease = await begun(ana);
    await cluster.seat(bo);
    await bo.becomeSteady();
    await cluster.expire(ana);
    return lease;
  }

  /** Ana hands a meeting over to Bo in its fifth second. */
  async function moved(): Promise<{ old: MeetingLease; lease: MeetingLease }> {
    const old = await begun(ana);
    expect(await ana.leases.offer(old, bo.id)).toBe(true);
    const lease = await bo.leases.take('m1', 5_000);
    if (!lease) throw new Error('The meeting was not given');
    return { old, lease };
  }

  it('begin with the meeting', async () => {
    const lease = await begun(ana);
    expect(await ana.leases.held()).toEqual([lease]);
    expect((await journal.archive.read('m1'))?.head).toEqual(makeHead());
  });

  it('are one a guild, whichever process asks, and leave no meeting behind that could not begin', async () => {
    const answers = await Promise.all(
      [ana, bo, ana, bo].map((process, at) => process.leases.begin(makeHead({ id: `m${at}` }))),
    );
    expect(answers.filter((answer) => answer === 'already running')).toHaveLength(3);
    expect(await journal.archive.list('1', 10)).toHaveLength(1);
    expect(await bo.leases.begin(makeHead({ id: 'elsewhere', guildId: '2' }))).toMatchObject({
      meetingId: 'elsewhere',
    });
  });

  it('are given again to a process whose first answer got lost', async () => {
    const lease = await begun(ana);
    expect(await ana.leases.begin(makeHead())).toEqual(lease);
    expect(await bo.leases.begin(makeHead())).toBe('already running');
  });

  it('let the next meeting of the guild begin while the minutes of the last one are written', async () => {
    const lease = await begun(ana);
    await ana.leases.vacate(lease);
    const next = await begun(bo, { id: 'm2' });
    expect(next.token).toBeGreaterThan(lease.token);
    await journal.of('m1', lease).settled();
    await ana.leases.release(lease);
    expect(await ana.leases.held()).toEqual([]);
    expect(await bo.leases.held()).toEqual([next]);
  });

  it('do not keep a guild from its next meeting when a process freezes while it begins one', async () => {
    const { promise: frozen, resolve: wake } = Promise.withResolvers<void>();
    const { promise: locked, resolve: lock } = Promise.withResolvers<void>();
    const db = await cluster.connect();
    const transaction = db.transaction.bind(db);
    db.transaction = () => {
      const builder = transaction();
      const execute = builder.execute.bind(builder);
      builder.execute = (action) =>
        execute(async (step) => {
          const result = await action(step);
          lock();
          await frozen;
          return result;
        });
      return builder;
    };
    const cy = await cluster.join('cy', db);
    const first = cy.leases.begin(makeHead({ id: 'frozen' }));
    await locked;
    const lease = await begun(bo); // waits until PostgreSQL has ended the other's connection
    wake();
    expect(await first).toBe('already running');
    expect(await bo.leases.held()).toEqual([lease]);
    expect(await journal.archive.read('frozen')).toBeUndefined();
  });

  it('are not given to a process that others no longer count on', async () => {
    await cluster.expire(ana);
    await expect(ana.leases.begin(makeHead())).rejects.toEqual(SUPERSEDED);
    expect(await journal.archive.read('m1')).toBeUndefined();
  });

  it('are not given to a process that was frozen', async () => {
    ana.pass(10_000);
    await expect(ana.leases.begin(makeHead())).rejects.toEqual(SUPERSEDED);
  });

  it('go to the holder of the guild’s seat when their owner is dead, once', async () => {
    const lease = await orphaned();
    const [taken, ...more] = await bo.leases.claim();
    expect(more).toEqual([]);
    expect(taken?.token).toBeGreaterThan(lease.token);
    expect(await bo.leases.claim()).toEqual([taken]); // a round later it is still the same
    expect(await ana.leases.held()).toEqual([]);
  });

  it('stay with an owner who lives', async () => {
    await begun(ana);
    await cluster.seat(bo);
    await bo.becomeSteady();
    expect(await bo.leases.claim()).toEqual([]);
  });

  it('do not go to a process without the guild’s seat', async () => {
    await orphaned();
    await cluster.seat(ana);
    expect(await bo.leases.claim()).toEqual([]);
  });

  it('do not go to a process that is back before the others after an outage', async () => {
    const lease = await orphaned();
    bo.pass(20_000);
    await bo.membership.renew();
    expect(await bo.leases.claim()).toEqual([]);
    await ana.membership.renew();
    await bo.becomeSteady();
    expect(await bo.leases.claim()).toEqual([]);
    expect(await ana.leases.held()).toEqual([lease]);
  });

  it('are made for meetings from before there was a cluster', async () => {
    await journal.begin(makeHead({ id: 'runs' }));
    await journal.begin(makeHead({ id: 'ended' }));
    await journal.of('ended').end(1_000, 'stopped');
    await journal.begin(makeHead({ id: 'settled' }));
    await journal.of('settled').end(1_000, 'stopped');
    await journal.of('settled').settled();
    await cluster.seat(bo);
    await bo.becomeSteady();
    const ids = (await bo.leases.claim()).map(({ meetingId }) => meetingId);
    expect(ids.toSorted()).toEqual(['ended', 'runs']);
  });

  it('go to the process to which they are offered, and to no other', async () => {
    const cy = await cluster.join('cy');
    const lease = await begun(ana);
    expect(await bo.leases.take('m1', 5_000)).toBeUndefined();
    await ana.leases.offer(lease, bo.id);
    expect(await cy.leases.take('m1', 5_000)).toBeUndefined();
    const taken = await bo.leases.take('m1', 5_000);
    expect(taken?.token).toBeGreaterThan(lease.token);
    expect(await bo.leases.take('m1', 5_000)).toEqual(taken); // the answer got lost
    expect(await ana.leases.offer(lease, cy.id)).toBe(false);
  });

  it('are never offered to the process that has them', async () => {
    const lease = await begun(ana);
    expect(await ana.leases.offer(lease, ana.id)).toBe(false);
    expect(await ana.leases.offered()).toEqual([]);
  });

  it('stay when the offer is taken back', async () => {
    const lease = await begun(ana);
    await ana.leases.offer(lease, bo.id);
    expect(await ana.leases.offer(lease, undefined)).toBe(true);
    expect(await bo.leases.take('m1', 5_000)).toBeUndefined();
  });

  it('do not move again while words from before the first move are on their way', async () => {
    const { lease } = await moved();
    expect(await bo.leases.offer(lease, ana.id)).toBe(false);
    await sql`update meeting_leases set tail_until = clock_timestamp() - interval '1 ms'`.execute(cluster.db);
    expect(await bo.leases.offer(lease, ana.id)).toBe(true);
  });

  it('are released by their owner only', async () => {
    const { old, lease } = await moved();
    await ana.leases.release(old);
    await ana.leases.vacate(old);
    expect(await bo.leases.held()).toEqual([lease]);
    expect(await ana.leases.begin(makeHead({ id: 'm2' }))).toBe('already running');
    await bo.leases.release(lease);
    expect(await bo.leases.held()).toEqual([]);
  });

  describe('and writes', () => {
    const writes: readonly [string, (lease: MeetingLease) => Promise<unknown>][] = [
      ['joined', (lease) => journal.of('m1', lease).joined({ speakerId: '100', displayName: 'Ana', joinedMs: 0 })],
      ['left', (lease) => journal.of('m1', lease).left('100', 1)],
      ['write of a final', (lease) => journal.of('m1', lease).write(makeFinal({ startMs: 5_000, endMs: 6_000 }))],
      [
        'write of a translation',
        (lease) => journal.of('m1', lease).write(makeTranslation({ startMs: 5_000, endMs: 6_000 })),
      ],
      ['gap', (lease) => journal.of('m1', lease).gap({ startMs: 0, endMs: 1, reason: 'paused' })],
      ['posted', (lease) => journal.of('m1', lease).posted({ utteranceId: 'u1', channelId: '20', messageId: '5' })],
      ['setPlaces', (lease) => journal.of('m1', lease).setPlaces({ panelMessageId: '5' })],
      ['tally', (lease) => journal.of('m1', lease).tally(makeTally())],
      ['alive', (lease) => journal.of('m1', lease).alive({ atMs: 1, pending: [] })],
      ['end', (lease) => journal.of('m1', lease).end(1, 'stopped')],
      ['settled', (lease) => journal.of('m1', lease).settled()],
      ['summarised', (lease) => journal.of('m1', lease).summarised({ kind: 'failed', because: 'refused' }, 0)],
    ];

    it.each(writes)('are refused once another process owns the meeting: %s', async (_, write) => {
      const { old, lease } = await moved();
      const before = await journal.archive.read('m1');
      await expect(write(old)).rejects.toEqual(SUPERSEDED);
      expect(await journal.archive.read('m1')).toEqual(before);
      await write(lease);
    });

    it('are refused after a claim, even for words from before it', async () => {
      const lease = await orphaned();
      await bo.leases.claim();
      await expect(journal.of('m1', lease).write(makeFinal({ startMs: 0 }))).rejects.toEqual(SUPERSEDED);
    });

    it('of what was said before a move are taken from the owner before, for ten seconds', async () => {
      const { old } = await moved();
      const early = makeFinal({ startMs: 4_999, endMs: 6_000 });
      await journal.of('m1', old).write(early);
      await journal.of('m1', old).write(makeTranslation({ startMs: 4_999, endMs: 6_000 }));
      expect((await journal.archive.read('m1'))?.finals).toEqual([early]);
      const { rows } = await sql<{ s: number }>`
        select extract(epoch from tail_until - clock_timestamp())::float8 as s from meeting_leases`.execute(cluster.db);
      expect(rows[0]?.s).toBeLessThanOrEqual(10);
      await sql`update meeting_leases set tail_until = clock_timestamp() - interval '1 ms'`.execute(cluster.db);
      const late = journal.of('m1', old).write(makeFinal({ utteranceId: 'u2', startMs: 4_999, endMs: 6_000 }));
      await expect(late).rejects.toEqual(SUPERSEDED);
    });

    it('of what was said before a move are still taken when the new owner dies', async () => {
      const { old } = await moved();
      await cluster.seat(ana);
      await ana.becomeSteady();
      await cluster.expire(bo);
      expect(await ana.leases.claim()).toHaveLength(1);
      await journal.of('m1', old).write(makeFinal({ startMs: 4_999, endMs: 6_000 }));
    });

    it('wait for nobody but hold a claim up until they are done', async () => {
      const lease = await orphaned();
      await cluster.db.transaction().execute(async (step) => {
        await sql`select from meeting_leases where meeting_id = 'm1' for share`.execute(step); // as a write does
        expect(await bo.leases.claim()).toEqual([]); // the next round will do
        await journal.of('m1', lease).write(makeFinal()); // another write of the same meeting
      });
      expect(await bo.leases.claim()).toHaveLength(1);
    });

    it('that a frozen process began do not keep its meeting from being claimed', async () => {
      const lease = await orphaned();
      const { promise: frozen, resolve: wake } = Promise.withResolvers<void>();
      const { promise: locked, resolve: lock } = Promise.withResolvers<void>();
      const write = writeUnderLease(cluster.db, lease, undefined, async () => {
        lock();
        await frozen;
      });
      const ended = write.then(
        () => 'written',
        () => 'refused',
      );
      await locked;
      expect(await bo.leases.claim()).toEqual([]);
      await vi.waitFor(async () => expect(await bo.leases.claim()).toHaveLength(1), { timeout: 10_000, interval: 200 });
      wake();
      expect(await ended).toBe('refused');
    });
  });

  it('are offered to one process, which the owner sees take them', async () => {
    const lease = await begun(ana);
    expect(await bo.leases.offered()).toEqual([]);
    await ana.leases.offer(lease, bo.id);
    expect([await bo.leases.offered(), await ana.leases.isTaken(lease)]).toEqual([['m1'], false]);
    await bo.leases.take('m1', 5_000);
    expect([await bo.leases.offered(), await ana.leases.isTaken(lease)]).toEqual([[], true]);
  });

  it('say when the owner before has written its last words, and until when it heard', async () => {
    const { old, lease } = await moved();
    expect(await bo.leases.tailOf(lease)).toBe('open');
    await ana.leases.endTail(old, 6_200);
    expect(await bo.leases.tailOf(lease)).toEqual({ heardUntilMs: 6_200 });
    await expect(journal.of('m1', old).write(makeFinal({ startMs: 100 }))).rejects.toEqual(SUPERSEDED);
  });

  it('say nothing of when an owner heard that never ended its tail', async () => {
    const { lease } = await moved();
    await sql`update meeting_leases set tail_until = clock_timestamp() - interval '1 s'`.execute(cluster.db);
    expect(await bo.leases.tailOf(lease)).toEqual({});
  });
});
