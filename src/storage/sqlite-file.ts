import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** SQLite answered that a file cannot be kept as we promise. The code stands among the reasons of `reasonOf`. */
class SqliteRefusal extends Error {
  override readonly name = 'SqliteRefusal';
  readonly code: 'no-write-ahead' | 'no-overwriting';
  constructor(code: SqliteRefusal['code']) {
    super(`SQLite does not keep the file as asked: ${code}`);
    this.code = code;
  }
}

/**
 * Opens a SQLite file and makes it and its folder when they are missing.
 *
 * Written pages survive a killed process; only a power cut may take back the last moments, and never the file. To be
 * safe from that too every line would wait for the disk, and all live audio with it. Deleted words are overwritten.
 * A locked file is an error at once: see `patiently`.
 *
 * @param path - `:memory:` for one that nobody else sees
 * @throws {SqliteRefusal} when the file cannot be kept like that
 */
export function openSqliteFile(path: string): DatabaseSync {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const file = new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: true });
  try {
    // SQLite does not fail at what it cannot do here: it answers how it stands.
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
