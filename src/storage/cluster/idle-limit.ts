import { type RawBuilder, sql } from 'kysely';

const IDLE_LIMIT_MS = 2_000; // shorter than the time after which the others count a silent process as dead

/**
 * An expression for the first statement of a transaction that locks what other processes wait for.
 *
 * A process that freezes in the middle would keep its locks until it wakes. PostgreSQL ends its connection instead.
 */
export function limitIdleTime(): RawBuilder<string> {
  return sql`set_config('idle_in_transaction_session_timeout', ${`${IDLE_LIMIT_MS}`}, true)`;
}
