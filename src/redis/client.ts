import type { RedisClientType as RedisClient } from '@redis/client';
import type { Log } from '../core/log.ts';
import { isRefusal, RedisError, reasonOf } from './redis-error.ts';

/** A connection to Redis that comes back by itself. */
export interface Redis extends AsyncDisposable {
  /** Its commands fail at once while Redis is away. Whoever waits for an answer sets a limit: Redis may be silent. */
  readonly client: RedisClient;
  readonly isUp: boolean;
  /**
   * Opens a second connection that may only subscribe. Its subscriptions hold through an outage; to subscribe during one
   * may fail. It ends with the first connection.
   */
  openSubscriber(): RedisClient;
}

const FIRST_ANSWER_LIMIT_MS = 5_000;
const LONGEST_RETRY_MS = 2_000;
const PING_EVERY_MS = 1_000; // and the next ping only after the answer
const SILENCE_LIMIT_MS = 3_000; // then the connection is given up, as one that a network has cut says nothing

/**
 * Connects to Redis, and waits five seconds at most for it.
 *
 * A Redis that is away is no reason to fail, now as later: what the processes of a cluster share through it is help, and
 * no condition. The log says once when it is away, and once when it is back.
 *
 * @throws {RedisError} when the address is malformed, or the password is refused
 */
export async function openRedis(url: string, log: Log): Promise<Redis> {
  const place = placeOf(url);
  const { createClient } = await import('@redis/client'); // not loaded where there is no cluster
  const socket = { connectTimeout: FIRST_ANSWER_LIMIT_MS, socketTimeout: SILENCE_LIMIT_MS };
  const options = { url, name: 'parley', pingInterval: PING_EVERY_MS };
  let hasConnected = false;
  let isKnownAway = false;
  let isClosed = false;
  const reconnectStrategy = (attempts: number, cause: Error) =>
    (hasConnected || !isRefusal(cause)) && Math.min(100 * 2 ** attempts, LONGEST_RETRY_MS);
  const client = createClient({ ...options, disableOfflineQueue: true, socket: { ...socket, reconnectStrategy } });

  const firstAnswer = Promise.withResolvers<void>();
  client.on('ready', () => {
    if (isKnownAway) log.info({ place }, 'Redis is back');
    hasConnected = true;
    isKnownAway = false;
    firstAnswer.resolve();
  });
  client.on('error', (error: unknown) => {
    const isNews = !isKnownAway && !isClosed && !(isRefusal(error) && !hasConnected);
    if (isNews)
      log.warn({ place, reason: reasonOf(error) }, 'Redis is away: this process does without until it is back');
    isKnownAway ||= isNews;
  });
  const timer = setTimeout(() => firstAnswer.resolve(), FIRST_ANSWER_LIMIT_MS);
  client.connect().catch((error: unknown) => firstAnswer.reject(error)); // only a refused password ends its attempts
  try {
    await firstAnswer.promise;
  } catch (error) {
    throw new RedisError(`Cannot use Redis at ${place}: ${reasonOf(error)}. Check REDIS_URL.`);
  } finally {
    clearTimeout(timer);
  }

  const subscribers: RedisClient[] = [];
  return {
    client,
    get isUp() {
      return client.isReady;
    },
    openSubscriber() {
      const subscriber = createClient({ ...options, socket: { ...socket, reconnectStrategy: patience } });
      subscriber.on('error', () => {}); // the first connection tells people
      subscriber.connect().catch(() => {}); // it ends when it is closed
      subscribers.push(subscriber);
      return subscriber;
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      for (const open of [client, ...subscribers]) if (open.isOpen) open.destroy();
    },
  };
}

const patience = (attempts: number) => Math.min(100 * 2 ** attempts, LONGEST_RETRY_MS);

/** The host and port of an address, which hold nothing secret. @throws {RedisError} */
function placeOf(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed || !/^rediss?:$/.test(parsed.protocol) || parsed.hostname === '')
    throw new RedisError('Cannot use Redis: REDIS_URL is not an address like redis://localhost:6379.');
  return `${parsed.hostname}:${parsed.port || '6379'}`;
}
