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
}
