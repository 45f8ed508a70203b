import { setTimeout as delay } from 'node:timers/promises';
import { isAboutStorage } from '../errors.ts';

const AGAIN_MS = 50;
const LIMIT_MS = 120_000; // a database that is away for longer than that ends other things, too

/**
 * Asks again until the database answers, for at most two minutes.
 *
 * While it is away nobody knows what another process did just before: a meeting that was taken must not go on in two of them,
 * and one that is heard here must not be left because the last words from there cannot be read yet.
 *
 * @throws what `ask` threw at last, and at once what is not about the database
 */
export async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  const limitMs = performance.now() + LIMIT_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isAboutStorage(error) || performance.now() > limitMs) throw error;
      await delay(AGAIN_MS);
    }
  }
}
