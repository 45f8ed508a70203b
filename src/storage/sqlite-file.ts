import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** SQLite cannot keep a file as safely as promised. `reasonOf` explains the code. */
class SqliteRefusal extends Error {
  override readonly name = 'SqliteRefusal';
  readonly code: 'no-write-ahead' | 'no-overwriting';
  constructor(code: SqliteRefusal['code']) {
    super(`SQLite does not keep the file as asked: ${code}`);
    this.code = code;
  }
}

/**
 * Opens a SQLite file, and makes it and its folder when they are missing.
 *
 * Written pages survive a killed process; only a power cut may lose the last moments, never the file. To prevent that as
 * well, every line and all live audio would have to wait for the disk. Deleted words are overwritten. A locked file is an
 * error at once: see `patiently`.
 *
 * @param path - `:memory:` for a database that only this process sees
 * @throws {SqliteRefusal} when SQLite cannot keep the file like that
 */
export function openSqliteFile(path: string): DatabaseSync {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const file = new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: true });
  try {
    // SQLite does not fail when it cannot do this: it answers with the mode that it has.
    const mode = answerOf(file, 'PRAGMA journal_mode = WAL');
    if (mode !== 'wal' && path !== ':memory:') throw new SqliteRefusal('no-write-ahead');
    file.exec('PRAGMA synchronous = NORMAL');
    if (answerOf(file, 'PRAGMA synchronous') !== 1) throw new SqliteRefusal('no-write-ahead');
    if (answerOf(file, 'PRAGMA secure_delete = ON') !== 1) throw new SqliteRefusal('no-overwriting');
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

function answerOf(file: DatabaseSync, pragma: string): unknown {
  return Object.values(file.prepare(pragma).get() ?? {})[0];
}
