import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MeetingLease } from '../../../src/core/ports/journal.ts';
import { writeUnderLease } from '../../../src/storage/cluster/fence.ts';
import type { JournalTables } from '../../../src/storage/journal/tables/schema.ts';
import { makeHead } from '../../support/make.ts';
import { answersPostgres } from '../support/postgres.ts';
import { openCluster, type Process } from './support/cluster.ts';

const hasPostgres = await answersPostgres();
const LIMIT_MS = 8_000;
const MOVED_AT_MS = 1_000;
const PROCESSES = 3;
const GUILDS = ['1', '2'] as const;

const act = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('begin'), guild: fc.constantFrom(...GUILDS) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('offer', 'move'), to: fc.nat(PROCESSES - 1) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('write'),
      which: fc.nat(3), // the newest lease that this process was ever given, or one before it
      beganMs: fc.constantFrom(undefined, MOVED_AT_MS - 1, MOVED_AT_MS),
      takesMs: fc.nat(8),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('take', 'claim', 'expire', 'renew', 'tail ends', 'vacate', 'release'),
    }),
  },
) as fc.Arbitrary<Act>;

type Act =
  | { readonly kind: 'begin'; readonly guild: string }
  | { readonly kind: 'offer' | 'move'; readonly to: number }
  | { readonly kind: 'write'; readonly which: number; readonly beganMs: number | undefined; readonly takesMs: number }
  | { readonly kind: 'take' | 'claim' | 'expire' | 'renew' | 'tail ends' | 'vacate' | 'release' };

/** Whether it is one more. */
function keep(own: MeetingLease[], lease: MeetingLease | undefined): boolean {
  if (!lease || own.some(({ token }) => token === lease.token)) return false;
  own.unshift(lease);
  return true;
}

/** All processes do something at the same time. */
type Round = readonly [Act, Act, Act];

const schedule = fc.array(fc.tuple(act, act, act), { minLength: 5, maxLength: 20 });

/** One that comes by everything: a move, its tail, a death, a claim, refusals, a move in the middle of a write. */
const EVERYTHING: readonly Round[] = [
  [{ kind: 'move', to: 1 }, { kind: 'renew' }, { kind: 'begin', guild: '1' }],
  [{ kind: 'write', which: 0, beganMs: MOVED_AT_MS - 1, takesMs: 8 }, { kind: 'expire' }, { kind: 'renew' }],
  [{ kind: 'write', which: 0, beganMs: MOVED_AT_MS, takesMs: 0 }, { kind: 'renew' }, { kind: 'renew' }],
  [{ kind: 'renew' }, { kind: 'write', which: 0, beganMs: undefined, takesMs: 4 }, { kind: 'renew' }],
  [{ kind: 'renew' }, { kind: 'expire' }, { kind: 'renew' }],
  [{ kind: 'renew' }, { kind: 'write', which: 1, beganMs: undefined, takesMs: 8 }, { kind: 'claim' }],
  [{ kind: 'tail ends' }, { kind: 'renew' }, { kind: 'renew' }],
  [{ kind: 'renew' }, { kind: 'renew' }, { kind: 'offer', to: 1 }],
  [{ kind: 'renew' }, { kind: 'take' }, { kind: 'write', which: 0, beganMs: undefined, takesMs: 50 }],
];

describe.skipIf(!hasPostgres)('any schedule of three processes (needs PostgreSQL at 127.0.0.1:5432)', () => {
  let cluster: Awaited<ReturnType<typeof openCluster>>;
  const connections: Kysely<JournalTables>[] = [];
  const seen = { current: 0, tail: 0, refused: 0, claimed: 0, moved: 0, 'already running': 0 };

  beforeAll(async () => {
    cluster = await openCluster();
    // What a commit leaves on the disk is not what is tested here, and waiting for it would halve the schedules.
    const { pathname } = new URL(cluster.url);
    await sql`alter database ${sql.id(pathname.slice(1))} set synchronous_commit = off`.execute(cluster.db);
    for (let n = 0; n < PROCESSES; n += 1) connections.push(await cluster.connect());
    // What a write finds in the row that it has locked, at its first and at its last statement.
    await sql`create table found (used bigint, began_ms float8, token bigint, tail_token bigint, is_tail boolean)`.execute(
      cluster.db,
    );
    // Every change of a token, seen by the database itself.
    await sql`create table changes (meeting_id text, before bigint, after bigint)`.execute(cluster.db);
    await sql`
      create function note_change() returns trigger language plpgsql as $$
      begin
        insert into changes values (new.meeting_id, old.token, new.token);
        return new;
      end $$`.execute(cluster.db);
    await sql`
      create trigger note_change after update on meeting_leases for each row
      when (old.token is distinct from new.token or old.holder <> new.holder) execute function note_change()`.execute(
      cluster.db,
    );
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  async function play(rounds: readonly Round[]): Promise<void> {
    await cluster.clear();
    await sql`delete from found`.execute(cluster.db);
    await sql`delete from changes`.execute(cluster.db);
    const processes = await Promise.all(connections.map((own, at) => cluster.join(`${at}`, own)));
    const given: MeetingLease[][] = processes.map(() => []); // by process, the newest first; nothing is ever forgotten
    for (const [who, guild] of GUILDS.entries()) await perform({ kind: 'begin', guild }, guild, processes, who, given);
    for (const [at, round] of rounds.entries()) {
      await Promise.all(round.map((act, who) => perform(act, `${at}-${who}`, processes, who, given)));
      const { rows } = await sql`
        select guild_id from meeting_leases where running group by guild_id, bot_id having count(*) > 1`.execute(
        cluster.db,
      );
      expect(rows).toEqual([]);
    }
    await check();
  }

  async function perform(act: Act, id: string, processes: readonly Process[], who: number, given: MeetingLease[][]) {
    const [process, own, db] = [processes[who], given[who], connections[who]];
    if (!process || !own || !db) throw new RangeError(`There is no process ${who}`);
    const newest = own[0];
    try {
      switch (act.kind) {
        case 'begin': {
          const lease = await process.leases.begin(makeHead({ id, guildId: act.guild }));
          if (lease === 'already running') seen[lease] += 1;
          else keep(own, lease);
          break;
        }
        case 'offer':
          if (newest) await process.leases.offer(newest, processes[act.to]?.id);
          break;
        case 'move': {
          const [heir, heirs] = [processes[act.to], given[act.to]];
          if (!newest || !heir || !heirs || !(await process.leases.offer(newest, heir.id))) break;
          if (keep(heirs, await heir.leases.take(newest.meetingId, MOVED_AT_MS))) seen.moved += 1;
          break;
        }
        case 'take':
          for (const { meetingId } of given.flat()) {
            if (keep(own, await process.leases.take(meetingId, MOVED_AT_MS))) seen.moved += 1;
          }
          break;
        case 'claim':
          await process.becomeSteady();
          await cluster.seat(process);
          for (const lease of await process.leases.claim()) if (keep(own, lease)) seen.claimed += 1;
          break;
        case 'expire':
          await cluster.expire(process);
          break;
        case 'renew':
          await process.membership.renew();
          break;
        case 'tail ends':
          await sql`update meeting_leases set tail_until = clock_timestamp()`.execute(db);
          break;
        case 'vacate':
          if (newest) await process.leases.vacate(newest);
          break;
        case 'release':
          if (newest) await process.leases.release(newest);
          break;
        case 'write': {
          const lease = own[act.which];
          if (lease) await writeUnderLease(db, lease, act.beganMs, (step) => write(step, lease, act));
          break;
        }
      }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'superseded')) throw error;
      if (act.kind === 'write') seen.refused += 1;
    }
  }

  async function write(step: Kysely<JournalTables>, { meetingId, token }: MeetingLease, act: Act & { kind: 'write' }) {
    const find = () =>
      sql`
        insert into found
        select ${token}, ${act.beganMs ?? null}, token, tail_token, ${act.beganMs ?? null}::float8 < moved_at_ms
        from meeting_leases where meeting_id = ${meetingId}`.execute(step);
    await find();
    await sql`select pg_sleep(${act.takesMs / 1_000})`.execute(step);
    await find();
  }

  async function check(): Promise<void> {
    const { rows: found } = await sql<{ used: string; token: string; tail_token: string; is_tail: boolean | null }>`
      select * from found`.execute(cluster.db);
    for (const row of found) {
      if (row.used === row.token) seen.current += 1;
      else {
        expect(row).toMatchObject({ tail_token: row.used, is_tail: true });
        seen.tail += 1;
      }
    }
    const { rows: changes } = await sql<{ before: string; after: string }>`select * from changes`.execute(cluster.db);
    for (const { before, after } of changes) expect(BigInt(after)).toBeGreaterThan(BigInt(before));
    expect(new Set(changes.map(({ after }) => after)).size).toBe(changes.length);
  }

  it(
    'has no accepted write with a superseded token, no guild with two leases, and tokens that only grow',
    async () => {
      await fc.assert(fc.asyncProperty(schedule, play), {
        examples: [[[...EVERYTHING]]],
        numRuns: 1_000,
        interruptAfterTimeLimit: LIMIT_MS,
        markInterruptAsFailure: false,
      });
      for (const [what, count] of Object.entries(seen)) expect(count, `times: ${what}`).toBeGreaterThan(0);
    },
    LIMIT_MS * 3,
  );
});
