import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { DatabaseKind } from '../../address.ts';
import { StorageError } from '../../storage-error.ts';
import type { JournalTables } from '../tables/schema.ts';

/** A step after which versions that do not know it can no longer use the tables, such as `0042-breaking-segments`. */
const BREAKING = /^\d+-breaking-/;

const NOTHING: Migration = { up: async () => {} }; // never run: the step is in the history already

/**
 * The steps that a newer version has made and this one does not know, so that this one runs on beside it.
 *
 * @param place - of the database, for people
 * @throws {StorageError} `unreachable` when one of them is breaking
 */
export function stepsOfNewerVersions(
  made: readonly string[],
  known: Readonly<Record<string, Migration>>,
  place: string,
): Record<string, Migration> {
  const newer = made.filter((name) => !(name in known));
  const breaking = newer.find((name) => BREAKING.test(name));
  if (breaking !== undefined) {
    throw new StorageError(
      'unreachable',
      `Cannot open the transcripts in ${place}: a newer Parley has changed their tables (${breaking}) so that this version can no longer use them. Start the newer version, or restore a backup.`,
    );
  }
  return Object.fromEntries(newer.map((name) => [name, NOTHING]));
}

/** The names of all steps that were made, whichever version made them. */
export async function stepsMade(
  db: Kysely<JournalTables>,
  kind: DatabaseKind,
  table: string,
): Promise<readonly string[]> {
  const { rows: tables } =
    kind === 'postgres'
      ? await sql`select where to_regclass(${table}) is not null`.execute(db)
      : await sql`select 1 from sqlite_master where name = ${table}`.execute(db);
  if (tables.length === 0) return []; // the database is new
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(table)} order by name`.execute(db);
  return rows.map(({ name }) => name);
}
