import { loadDotEnv } from '../src/config.ts';
import { quiet } from '../src/core/log.ts';
import { openJournal } from '../src/storage/journal/journal.ts';
import { StorageError } from '../src/storage/storage-error.ts';
import { databaseUrlOf } from './fleet/database-url.ts';

/**
 * Brings the tables of `DATABASE_URL` up to date, and ends. `npm start` does that too; done before an update of several
 * processes, none of them has to wait for a long step.
 */
async function main(): Promise<number> {
  loadDotEnv();
  const found = databaseUrlOf(process.env);
  if ('problem' in found) {
    console.error(found.problem);
    return 1;
  }
  try {
    await using _journal = await openJournal(found.url, quiet);
    console.log('The tables are up to date.');
    return 0;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    console.error(error.message);
    return 1;
  }
}

process.exitCode = await main();
