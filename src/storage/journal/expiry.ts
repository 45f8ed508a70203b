import { Bell } from '../../core/concurrency/bell.ts';
import type { Log } from '../../core/log.ts';
import type { Archive } from '../../core/ports/archive.ts';

const FIRST_AFTER_MS = 60_000; // a bot that has just started has more urgent work
const EVERY_MS = 60 * 60 * 1_000; // retention is counted in days
const WIPE_AGAIN_MS = 60_000; // a backup that reads the file is usually over by then

type Expiring = Pick<Archive, 'expire' | 'wipe'>;

/**
 * Regularly erases meetings that are older than their server wants, and has all erased words overwritten on the disk, until
 * disposed.
 *
 * Disposing waits for the current step. A failed round is logged, and the next round tries again.
 *
 * @param isOurs - asked before each round: of several processes on one database, one does it. Missing: this is the only one
 */
export function startExpiry(archive: Expiring, log: Log, isOurs: () => boolean = () => true): AsyncDisposable {
  const over = new AbortController();
  const rounds = run(archive, log, isOurs, over.signal);
  return {
    async [Symbol.asyncDispose]() {
      over.abort();
      await rounds;
    },
  };
}

async function run(archive: Expiring, log: Log, isOurs: () => boolean, signal: AbortSignal): Promise<void> {
  const clock = new Bell(); // that nobody rings
  let isWiped = true;
  let waitMs = FIRST_AFTER_MS;
  while ((await clock.wait(signal, waitMs)) === 'time is up') {
    if (!isOurs()) {
      waitMs = EVERY_MS;
      continue;
    }
    try {
      const meetings = await archive.expire(new Date(), signal);
      if (meetings > 0) log.info({ meetings }, 'Erased meetings that were older than their server wants');
    } catch (err) {
      if (!signal.aborted) log.warn({ err }, 'Old meetings could not be erased: the next round tries again');
    }
    isWiped = await isOverwritten(archive, isWiped ? log : undefined, signal);
    waitMs = isWiped ? EVERY_MS : WIPE_AGAIN_MS;
  }
}

/** @param log - missing: the operator has already been told */
async function isOverwritten(archive: Expiring, log: Log | undefined, signal: AbortSignal): Promise<boolean> {
  try {
    if ((await archive.wipe()) !== 'write-ahead file') return true;
    log?.warn(
      {},
      'The write-ahead file may contain erased words while somebody reads the database: the bot tries every minute to empty it',
    );
  } catch (err) {
    if (!signal.aborted) log?.warn({ err }, 'Erased words could not be overwritten: the bot tries again every minute');
  }
  return false;
}
