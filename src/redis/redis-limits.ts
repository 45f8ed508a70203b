import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Importance, LimitedBy, SharedLimits, Turn } from '../core/ports/shared-limits.ts';
import type { Redis } from './client.ts';
import { inTime } from './in-time.ts';
import { slidingWindow } from './sliding-window.ts';

/** Of the fifty requests a second that Discord takes: what is on its way may bunch up, and others may ask as well. */
const PER_SECOND = 45;
const SECOND_MS = 1_050; // for the same reason
/** As spread as fifty a second: a process that stands still for a tenth of a second sends five too many at once. */
const BURST = { count: 5, perMs: 100 };
/** What may wait leaves so many requests of each second to what must go. */
const RESERVE = 20;
const LOGIN_EVERY_MS = 5_500; // Discord's five seconds, and the way there
/** An answer that takes longer is worth less than a share of one's own. */
const ANSWER_LIMIT_MS = 500;
/** After such an answer Redis is not asked for so long. */
const DEAF_MS = 1_000;
/** So many a second are shared out while Redis is away: what was granted before, and will be afterwards, comes on top. */
const SHARED_OUT = 40;
/** A share is counted in stretches this long, so that those of all processes do not come together. */
const SHARE_MS = 200;

export interface RedisLimitsParts {
  readonly redis: Redis;
  readonly token: string; // several bots may share one Redis
  readonly address: string; // a name for the address that requests leave from: the processes behind it share one
  readonly members: () => number; // how many processes of the bot are alive, this one included
  readonly loginEveryMs?: number; // for tests
}

/**
 * Shares Discord's limits with the other processes of the bot, by way of Redis.
 *
 * While Redis is away each process keeps to its part of the limits by itself: as large as if all wanted the same.
 */
export class RedisLimits implements SharedLimits {
  readonly #parts: RedisLimitsParts;
  readonly #requests: Readonly<Record<Importance, RateLimiterRedis>>;
  readonly #logins: RateLimiterRedis;
  readonly #share = new RateLimiterMemory({ points: 1, duration: 1 });
  readonly #ownLogins: RateLimiterMemory;
  #deafUntilMs = 0; // of performance.now()

  constructor(parts: RedisLimitsParts) {
    this.#parts = parts;
    const { redis, token, loginEveryMs = LOGIN_EVERY_MS } = parts;
    const bot = createHash('sha256').update(token).digest('hex').slice(0, 12);
    const limiter = (points: number, customIncrTtlLuaScript: string) => {
      const options = { storeClient: redis.client, useRedisPackage: true, rejectIfRedisNotReady: true };
      return new RateLimiterRedis({
        ...options,
        keyPrefix: `parley:limits:${bot}`,
        points,
        duration: 1, // the script knows better
        customIncrTtlLuaScript,
      });
    };
    const ofASecond = slidingWindow(SECOND_MS, BURST);
    this.#requests = {
      'must go': limiter(PER_SECOND, ofASecond),
      'may wait': limiter(PER_SECOND - RESERVE, ofASecond),
    };
    this.#logins = limiter(1, slidingWindow(loginEveryMs));
    this.#ownLogins = new RateLimiterMemory({ points: 1, duration: loginEveryMs / 1_000 });
  }

  async takeRequest(of: LimitedBy, importance: Importance): Promise<Turn> {
    const key = this.#keyOf(of);
    const turn = await this.#ask(() => this.#requests[importance].consume(key), PER_SECOND);
    if (turn) return turn;
    // In the order of the gate, which lets what must go before what may wait, the share needs no reserve.
    const points = this.#cutShare();
    return await turnOf(this.#share.consume(key), points);
  }

  async blockRequests(of: LimitedBy, forMs: number): Promise<void> {
    const key = this.#keyOf(of);
    const seconds = Math.ceil(forMs / 1_000);
    await this.#share.block(key, seconds);
    await this.#ask(() => this.#requests['must go'].block(key, seconds), PER_SECOND);
  }

  async takeLogin(bucket: number): Promise<Turn> {
    const key = `login:${bucket}`;
    const turn = await this.#ask(() => this.#logins.consume(key), 1);
    return turn ?? (await turnOf(this.#ownLogins.consume(key), 1));
  }

  #keyOf(of: LimitedBy): string {
    return of === 'token' ? 'token' : `address:${this.#parts.address}`;
  }

  /** Asks Redis; `undefined` when it does not answer. */
  async #ask(consume: () => Promise<RateLimiterRes>, points: number): Promise<Turn | undefined> {
    if (!this.#parts.redis.isUp || performance.now() < this.#deafUntilMs) return undefined;
    try {
      return await inTime(turnOf(consume(), points), ANSWER_LIMIT_MS);
    } catch {
      this.#deafUntilMs = performance.now() + DEAF_MS; // the connection says in the log what is wrong
      return undefined;
    }
  }

  /** Makes the share as large as the number of processes allows. @returns its requests */
  #cutShare(): number {
    const perSecond = SHARED_OUT / Math.max(1, this.#parts.members());
    const points = Math.max(1, Math.floor((perSecond * SHARE_MS) / 1_000));
    this.#share.points = points;
    this.#share.duration = points / perSecond;
    return points;
  }
}

/** @throws what is not the limiter's own answer */
async function turnOf(consumed: Promise<RateLimiterRes>, points: number): Promise<Turn> {
  try {
    const { consumedPoints } = await consumed;
    return { isGranted: true, free: Math.max(0, 1 - consumedPoints / points), waitMs: 0 };
  } catch (error) {
    if (error instanceof RateLimiterRes) return { isGranted: false, free: 0, waitMs: Math.max(1, error.msBeforeNext) };
    throw error;
  }
}
