import { type Kysely, sql } from 'kysely';
import { quiet } from '../../../../src/core/log.ts';
import { parseAddress } from '../../../../src/storage/address.ts';
import { Membership } from '../../../../src/storage/cluster/membership.ts';
import { openJournalDatabase } from '../../../../src/storage/journal/database/database.ts';
import type { JournalTables } from '../../../../src/storage/journal/tables/schema.ts';
import { makeDatabase } from '../../support/postgres.ts';

/** A process of the cluster as tests play it: its time stands still until the test lets it pass. */
export interface Process {
  readonly membership: Membership;
  readonly id: string;
  /** Lets monotonic time pass for this process alone; the database's clock goes on by itself. */
  pass(ms: number): void;
  /** Renews each second until it has renewed for as long as it takes to judge others dead. */
  becomeSteady(): Promise<void>;
}

/** A database with the tables of a cluster, and processes in it. */
export async function openCluster() {
  const database = await makeDatabase();
  const address = parseAddress(database.url, 'transcripts');
  const open = () => openJournalDatabase(address, quiet, new AbortController().signal);
  const databases: Kysely<JournalTables>[] = [await open()];
  const [db] = databases as [Kysely<JournalTables>];
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
      const membership = await Membership.join(own, { name, version: '1' }, () => nowMs);
      return {
        membership,
        id: membership.id,
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
    /** Forgets every process, seat and lease, for the next test. */
    async clear(): Promise<void> {
      await sql`truncate members, shard_seats, cluster, meeting_leases, meetings cascade`.execute(db);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(databases.map((own) => own.destroy()));
      await database[Symbol.asyncDispose]();
    },
  };
}
