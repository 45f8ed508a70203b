import { Bell } from '../core/concurrency/bell.ts';
import { codeOf, isTimeout } from './storage-error.ts';
import { isBroken } from './unreachable.ts';

const FIRST_DELAY_MS = 5; // another statement of the bot takes well under a millisecond
const LONGEST_DELAY_MS = 500;
const PATIENCE_MS = 5_000; // a database that restarts is back by then; people would not wait longer for a line

/** Codes of locks and broken connections: a repetition may work. */
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

/**
 * Repeats an action while its error looks temporary, for at most five seconds. The action has to be safe to repeat.
 *
 * SQLite could wait for a lock without this, but it would block the whole process, live audio included; and the bot's own
 * other connection may hold the lock, which it could then never release.
 */
export async function patiently<T>(action: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS)) {
    try {
      return await action();
    } catch (error) {
      if (signal.aborted || !isPassing(error) || performance.now() + delayMs > giveUpAt) throw error;
      await new Bell().wait(signal, delayMs); // an abort cuts it short, for one last try
    }
  }
}

function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  return code === undefined ? isBroken(error) && !isTimeout(error) : PASSING.has(code);
}
