import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Opens a SQLite file and makes it and its folder when they are missing.
 *
 * Written pages survive a killed process; only a power cut may take back the last moments, and never the file. To be
 * safe from that too every line would wait for the disk, and all live audio with it. Deleted words are overwritten.
 * A locked file is an error at once: see `patiently`.
 *
 * @param path - `:memory:` for one that nobody else sees
 */
export function openSqliteFile(path: string): DatabaseSync {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const file = new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: true });
  try {
    file.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;');
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}
