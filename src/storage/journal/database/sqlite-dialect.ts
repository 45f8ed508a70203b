import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { SqliteDialect } from 'kysely';

/** Lets Kysely, which expects better-sqlite3, speak to Node's own SQLite. Takes the file over and closes it. */
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

/** @throws {TypeError} for values of which no column type is ours; the value itself stays out of the message */
function toSqlite(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') {
    return value;
  }
  throw new TypeError(`Cannot store a value as SQLite knows no ${typeof value}`);
}
