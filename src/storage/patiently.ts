import { setTimeout as delay } from 'node:timers/promises';
import { codeOf, isTimeout } from './storage-error.ts';

const FIRST_DELAY_MS = 5; // another statement of ours takes well under a millisecond
const LONGEST_DELAY_MS = 500;
const PATIENCE_MS = 5_000; // a database that restarts is back by then; longer, and people wait for the line in vain

/** A lock, or a connection that broke: the same again may work. */
const PASSING = new Set([
  'SQLite 5',
  'SQLite 6',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  '08000', // SQLSTATE class 08: connection exceptions
  '08003',
  '08006',
  '40001', // serialisation failure
  '25P03', // this process stood still in a transaction, and PostgreSQL ended its connection
  '40P01', // deadlock
  '53300',
  '57P01', // the server restarts
  '57P02',
  '57P03',
]);

/** What pg says of a connection that broke under a statement, and of one that had broken before it. */
const BROKEN = /^Connection terminated|^Client (?:has encountered a connection error|was closed)/;

/**
 * Does what may be done twice, again and again while the trouble looks passing, for five seconds at most.
 *
 * SQLite could wait for a lock by itself, but it would stop the whole process for it, live audio and all, and the
 * lock's holder may be our own other connection, which then never gets to its end.
 */
export async function patiently<T>(action: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS)) {
    try {
      return await action();
    } catch (error) {
      if (signal.aborted || !isPassing(error) || performance.now() + delayMs > giveUpAt) throw error;
      // An abort cuts the wait short: the last try then tells how it stands.
      await delay(delayMs, undefined, { signal }).catch(() => {});
    }
  }
}

function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined) return PASSING.has(code);
  return !isTimeout(error) && error instanceof Error && BROKEN.test(error.message); // pg names no code
}
