import { type Kysely, sql } from 'kysely';
import { quiet } from '../../../../src/core/log.ts';
import { parseAddress } from '../../../../src/storage/address.ts';
import { Attempts } from '../../../../src/storage/attempts.ts';
import { Credentials } from '../../../../src/storage/cluster/credentials.ts';
import { MeetingLeases } from '../../../../src/storage/cluster/leases.ts';
import { Membership } from '../../../../src/storage/cluster/membership.ts';
import { Resharding } from '../../../../src/storage/cluster/seats/resharding.ts';
import { Seats } from '../../../../src/storage/cluster/seats/seats.ts';
import { TableOfOwners } from '../../../../src/storage/cluster/table-of-owners.ts';
import { openJournalDatabase } from '../../../../src/storage/journal/database/database.ts';
import type { JournalTables } from '../../../../src/storage/journal/tables/schema.ts';
import { makeDatabase } from '../../support/postgres.ts';

const BOT = '7';

/** A process of the cluster as tests play it: its time stands still until the test lets it pass. */
export interface Process {
  readonly membership: Membership;
  readonly id: string;
  readonly seats: Seats;
  readonly resharding: Resharding;
  readonly leases: MeetingLeases;
  /** Its view of the recogniser's credentials. */
  credentials(): Credentials;
  /** Lets monotonic time pass for this process alone; the database's clock goes on by itself. */
  pass(ms: number): void;
  /** Renews each second until it has renewed for as long as it takes to judge others dead. */
  becomeSteady(): Promise<void>;
}

/**
 * Nobody expires but by `expire`: the database's clock goes on while a test on a busy machine waits for the processor, and
 * processes that were not meant to would count as dead after four seconds.
 */
async function countOnEverybody(db: Kysely<JournalTables>): Promise<void> {
  await sql`
    create function count_on_longer() returns trigger language plpgsql as $$
    begin
      if new.alive_until > clock_timestamp() then new.alive_until = clock_timestamp() + interval '1 hour'; end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger count_on_longer before insert or update on members
    for each row execute function count_on_longer()`.execute(db);
}

/**
 * A database with the tables of a cluster, and processes in it.
 *
 * @param expiring - `by itself` for tests of time itself
 */
export async function openCluster(expiring: 'by itself' | 'when told' = 'when told') {
  const database = await makeDatabase();
  const address = parseAddress(database.url, 'transcripts');
  const open = () => openJournalDatabase(address, quiet, new AbortController().signal);
  const databases: Kysely<JournalTables>[] = [await open()];
  const [db] = databases as [Kysely<JournalTables>];
  if (expiring === 'when told') await countOnEverybody(db);
  return {
    url: database.url,
    db,
    /** Another pool, as another process has one. */
    async connect(): Promise<Kysely<JournalTables>> {
      const other = await open();
      databases.push(other);
      return other;
    },
    async join(name: string, own = db): Promise<Process> {
      let nowMs = 0;
      const attempts = new Attempts(new AbortController().signal, 'table of owners');
      const membership = await Membership.join(own, { name, version: '1' }, () => nowMs);
      const table = new TableOfOwners(own, membership, attempts);
      return {
        membership,
        id: membership.id,
        seats: new Seats(table),
        resharding: new Resharding(table),
        leases: new MeetingLeases(table, BOT),
        credentials: () => new Credentials(own, membership, attempts),
        pass: (ms) => {
          nowMs += ms;
        },
        async becomeSteady() {
          for (let second = 0; second < 4; second += 1) {
            nowMs += 1_000;
            await membership.renew();
          }
        },
      };
    },
    /** What the database says of a process once nobody has heard from it for long enough. */
    async expire({ id }: Process): Promise<void> {
      await sql`update members set alive_until = clock_timestamp() - interval '1 ms' where id = ${id}`.execute(db);
    },
    /** Gives a process the only seat: it serves every guild. */
    async seat({ id }: Process): Promise<void> {
      await sql`insert into cluster (generation) values (1) on conflict do nothing`.execute(db);
      await sql`
        insert into shard_seats (generation, shard_id, shard_count, holder) values (1, 0, 1, ${id})
        on conflict (generation, shard_id) do update set holder = excluded.holder`.execute(db);
    },
    /** Forgets every process, seat and lease, for the next test. */
    async clear(): Promise<void> {
      for (const table of ['stt_credentials', 'meeting_leases', 'shard_seats', 'cluster', 'members', 'meetings']) {
        await sql`delete from ${sql.table(table)}`.execute(db);
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(databases.map((own) => own.destroy()));
      await database[Symbol.asyncDispose]();
    },
  };
}
