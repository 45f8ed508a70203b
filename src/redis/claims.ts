import { randomUUID } from 'node:crypto';
import type { Redis } from './client.ts';
import { inTime } from './in-time.ts';

const KEPT_MS = 20_000; // Discord waits three seconds for an answer
const ANSWER_LIMIT_MS = 300;

/**
 * Decides which process of a bot does what only one of them may do: whoever claims it first.
 *
 * While Redis is away or silent everybody who claims gets it: that an interaction is answered at all comes first, and Discord
 * refuses a second answer.
 */
export class RedisClaims {
  readonly #redis: Redis;
  readonly #prefix: string;

  /** @param name - of the bot: several may share one Redis */
  constructor(redis: Redis, name: string) {
    this.#redis = redis;
    this.#prefix = `parley:${name}:claimed:`;
  }

  /**
   * @param whileAway - the answer while Redis is away
   * @returns whether nobody had claimed it before. Never rejects.
   */
  async claim(what: string, whileAway = true): Promise<boolean> {
    if (!this.#redis.isUp) return whileAway;
    const expiration = { type: 'PX', value: KEPT_MS } as const;
    const claimed = this.#redis.client.set(this.#prefix + what, '1', { condition: 'NX', expiration });
    return await inTime(claimed, ANSWER_LIMIT_MS).then(
      (reply) => reply !== null,
      () => whileAway,
    );
  }
  /**
   * Leaves a mark by which it can be told later whether Redis was emptied meanwhile, and has forgotten claims.
   *
   * @returns the question, good for as long as claims are kept; its answer is no while Redis is away. Never rejects.
   */
  async mark(): Promise<() => Promise<boolean>> {
    if (!this.#redis.isUp) return async () => false;
    const key = `${this.#prefix}mark:${randomUUID()}`;
    const marking = this.#redis.client.set(key, '1', { expiration: { type: 'PX', value: KEPT_MS } });
    const isMarked = await inTime(marking, ANSWER_LIMIT_MS).then(
      () => true,
      () => false,
    );
    return async () => {
      if (!isMarked || !this.#redis.isUp) return false;
      return await inTime(this.#redis.client.exists(key), ANSWER_LIMIT_MS).then(
        (found) => found === 1,
        () => false,
      );
    };
  }
}
