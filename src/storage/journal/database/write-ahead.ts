import { setTimeout as delay } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { JournalTables } from '../tables/schema.ts';

const FIRST_DELAY_MS = 10; // the bot's own readers are done by then
const LONGEST_DELAY_MS = 200;
const PATIENCE_MS = 1_000; // somebody waits for a receipt; the expiry tries again later

/**
 * Empties SQLite's write-ahead file, which would otherwise hold erased words until SQLite's next checkpoint.
 *
 * If somebody reads meanwhile, such as a backup or a person at a prompt, SQLite does not fail: it answers that it was busy,
 * and leaves the file as it is.
 *
 * @returns false when somebody was reading all the time
 */
export async function emptyWriteAheadFile(db: Kysely<JournalTables>, signal: AbortSignal): Promise<boolean> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS)) {
    const { rows } = await sql<{ busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db);
    if (rows[0]?.busy === 0) return true;
    if (signal.aborted || performance.now() + delayMs > giveUpAt) return false;
    await delay(delayMs, undefined, { signal }).catch(() => {}); // an abort cuts the wait short, for one last try
  }
}
