import { Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Log } from '../../../core/log.ts';
import type { Address, DatabaseKind } from '../../address.ts';
import { withFirstError } from '../../first-error.ts';
import { patiently } from '../../patiently.ts';
import { openSqliteFile } from '../../sqlite-file.ts';
import { reasonOf, StorageError } from '../../storage-error.ts';
import type { JournalTables } from '../tables/schema.ts';
import { resetWhenUnanswered } from './impatient-client.ts';
import { journalMigrations } from './migrations.ts';
import { stepsMade, stepsOfNewerVersions } from './newer-migrations.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

const CONNECT_LIMIT_MS = 5_000;
const HISTORY = 'parley_migrations';

interface PoolLimits {
  readonly connections: number;
  readonly queryMs: number; // how long a statement is waited for
}

const USUAL: PoolLimits = {
  connections: 4, // meetings write a few lines a second
  queryMs: 10_000, // a statement takes milliseconds; a database that takes this long hangs
};

/** @throws {StorageError} when it cannot be opened, or its tables cannot be brought up to date */
export async function openJournalDatabase(
  address: Address,
  log: Log,
  signal: AbortSignal,
): Promise<Kysely<JournalTables>> {
  if (address.kind === 'redis') {
    throw new StorageError(
      'bad-address',
      'Cannot open the transcripts: they are kept in sqlite: or postgres:, not in redis:.',
    );
  }
  const place = address.kind === 'sqlite' ? address.path : address.place;
  let db: Kysely<JournalTables> | undefined;
  try {
    db =
      address.kind === 'sqlite' ? await openSqlite(address.path, signal) : await openPostgres(address.url, log, USUAL);
    await migrate(db, address.kind, place, signal);
    return db;
  } catch (error) {
    await db?.destroy().catch(() => {}); // the first error is the one that people need
    if (error instanceof StorageError) throw error;
    throw new StorageError('unreachable', `Cannot open the transcripts in ${place}: ${reasonOf(error)}.`);
  }
}

async function openSqlite(path: string, signal: AbortSignal): Promise<Kysely<JournalTables>> {
  const file = await patiently(async () => openSqliteFile(path), signal);
  return new Kysely({ dialect: withFirstError(sqliteDialect(file)) });
}

/** Connects when the first statement comes. */
export async function openPostgres(
  url: string,
  log: Log,
  { connections, queryMs }: PoolLimits,
): Promise<Kysely<JournalTables>> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: Math.min(CONNECT_LIMIT_MS, queryMs),
    query_timeout: queryMs,
    keepAlive: true,
    application_name: 'parley',
  });
  // Nobody waits for an idle connection that breaks: the pool opens another when one is needed.
  pool.on('error', (error) => log.warn({ reason: reasonOf(error) }, 'A connection to the transcripts broke'));
  // The pool listens to idle connections only. A connection that breaks between two statements of a transaction would end
  // the process; the next statement fails with the same error anyway.
  pool.on('connect', (client) => {
    client.on('error', () => {});
    resetWhenUnanswered(client);
  });
  return new Kysely({ dialect: withFirstError(new PostgresDialect({ pool })) });
}

async function migrate(
  db: Kysely<JournalTables>,
  kind: DatabaseKind,
  place: string,
  signal: AbortSignal,
): Promise<void> {
  const known = journalMigrations(kind);
  await patiently(async () => {
    const newer = stepsOfNewerVersions(await stepsMade(db, kind, HISTORY), known, place);
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => ({ ...known, ...newer }) },
      migrationTableName: HISTORY,
      migrationLockTableName: `${HISTORY}_lock`,
      allowUnorderedMigrations: true, // two branches may release their steps in the other order
    });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
  }, signal);
}
