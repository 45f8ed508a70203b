import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { withFirstError } from '../../src/storage/first-error.ts';
import { sqliteDialect } from '../../src/storage/journal/database/sqlite-dialect.ts';
import { reasonOf } from '../../src/storage/storage-error.ts';

describe('a transaction that fails', () => {
  it('says that the disk is full, even if the rollback fails as well', async () => {
    const file = new DatabaseSync(':memory:');
    file.exec('CREATE TABLE words (text TEXT); PRAGMA max_page_count = 4;');
    await using db = new Kysely<unknown>({ dialect: withFirstError(sqliteDialect(file)) });
    const filling = db.transaction().execute(async (step) => {
      await sql`INSERT INTO words VALUES (${'x'.repeat(100_000)})`.execute(step);
    });
    const error = await filling.catch((reason: unknown) => reason);
    expect(reasonOf(error)).toBe('the disk is full');
  });
});
