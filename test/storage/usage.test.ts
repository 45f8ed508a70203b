import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import { openJournal } from '../../src/storage/journal/journal.ts';
import { makeHead } from '../support/make.ts';
import { makeFolder } from './support/folder.ts';
import { answersPostgres, makeDatabase } from './support/postgres.ts';

const hasPostgres = await answersPostgres();

async function isKept(url: string): Promise<void> {
  const head = makeHead({ guildId: '1' });
  {
    await using journal = await openJournal(url, quiet);
    await journal.begin(head);
    await journal.usage.addUse('1', { day: '2026-10-31', kind: 'meetings', sentMs: 7 });
    await journal.usage.addUse('1', { day: '2026-11-02', kind: 'meetings', sentMs: 1_000.5 });
    await Promise.all(
      [1, 2, 3].map(() => journal.usage.addUse('1', { day: '2026-11-02', kind: 'meetings', sentMs: 1_000 })),
    );
    await journal.usage.addUse('1', { day: '2026-11-01', kind: 'files', sentMs: 60_000 });
    await journal.usage.addUse('2', { day: '2026-11-01', kind: 'files', sentMs: 9 });
    await journal.of(head.id).end(1_000, 'budget used up');
    expect((await journal.archive.read(head.id))?.ending).toBe('budget used up');
    await journal.archive.erase(head.id);
  }
  await using again = await openJournal(url, quiet);
  expect(await again.usage.usesSince('1', '2026-11-01')).toEqual([
    { day: '2026-11-01', kind: 'files', sentMs: 60_000 },
    { day: '2026-11-02', kind: 'meetings', sentMs: 4_000.5 },
  ]);
}

describe('what a server has used', () => {
  it('adds up by day, outlives the process, and is not given back when a meeting is erased', async () => {
    using folder = makeFolder();
    await isKept(`sqlite://${join(folder.path, 'parley.db')}`);
  });

  it.skipIf(!hasPostgres)('does so in PostgreSQL', async () => {
    await using database = await makeDatabase();
    await isKept(database.url);
  });
});
