import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { SqliteDialect } from 'kysely';

/** Lets Kysely, which expects better-sqlite3, use Node's own SQLite. Owns the file from now on, and closes it. */
export function sqliteDialect(file: DatabaseSync): SqliteDialect {
  return new SqliteDialect({
    database: {
      close: () => file.close(),
      prepare: (sql) => {
        const statement = file.prepare(sql);
        return {
          reader: statement.columns().length > 0,
          all: (parameters) => statement.all(...parameters.map(toSqlite)),
          run: (parameters) => statement.run(...parameters.map(toSqlite)),
          iterate: (parameters) => statement.iterate(...parameters.map(toSqlite)),
        };
      },
    },
  });
}

/** @throws {TypeError} for values that no column takes; the message does not contain the value */
function toSqlite(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') {
    return value;
  }
  throw new TypeError(`Cannot store a value: SQLite has no type for ${typeof value}`);
}
