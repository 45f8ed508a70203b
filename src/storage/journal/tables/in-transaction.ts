import type { Kysely } from 'kysely';
import type { JournalTables } from './schema.ts';

/** Does all or nothing: as a part of the transaction that `db` is, or in one of its own. */
export function inTransaction<T>(
  db: Kysely<JournalTables>,
  action: (step: Kysely<JournalTables>) => Promise<T>,
): Promise<T> {
  return db.isTransaction ? action(db) : db.transaction().execute(action);
}
