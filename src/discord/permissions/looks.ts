import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import { Latest } from '../../core/latest.ts';

/** An answer of Discord counts for so long: somebody who was removed from a thread reads no longer than that. */
const FRESH_MS = 10_000;
/** An answer that can never change counts for so long, such as that a channel is gone, or the kind of a thread. */
const SETTLED_MS = 60 * 60_000;
/** Somebody waits for the answer, and Discord waits 3 s for suggestions at most. */
const LIMIT_MS = 2_000;
/** Discord takes 50 requests a second from a bot, and meetings need them: questions about rights get a small part. */
const MOST_OF_MEMBER = 25; // in `FRESH_MS`; further questions count as a no
const AT_ONCE_IN_GUILD = 2;
const MOST_KEPT = 5_000; // answers; the oldest go first

interface Asker {
  readonly id: string;
  readonly guild: { readonly id: string };
}

interface Look<T> {
  readonly answer: Promise<T | undefined>;
  untilMs: number;
}

/**
 * Asks Discord who may read what. Everybody who asks the same shares the answer, which is kept for a short time.
 *
 * The answer is `undefined` when Discord says no, cannot be asked, or does not answer in time: then nothing is shown.
 */
export class Looks {
  readonly #looks = new Latest<string, Look<unknown>>(MOST_KEPT);
  readonly #spent = new Map<string, { count: number; readonly sinceMs: number }>(); // by member
  readonly #lanes = new Map<string, { running: number; readonly waiting: (() => void)[] }>(); // by guild

  /**
   * @param key - what is asked; the same key means the same question
   * @param isSettled - whether an answer holds for good
   */
  async ask<T>(
    asker: Asker,
    key: string,
    look: (signal: AbortSignal) => Promise<T>,
    isSettled: (answer: T) => boolean = () => false,
  ): Promise<T | undefined> {
    const known = this.#looks.get(key);
    // Each key belongs to one kind of question, so the answer has its type.
    if (known && known.untilMs > performance.now()) return (await known.answer) as T | undefined;
    if (!this.#maySpend(asker)) return undefined;
    const answer = this.#look(asker.guild.id, look);
    const kept: Look<T> = { answer: answer.then(({ value }) => value), untilMs: performance.now() + FRESH_MS };
    this.#looks.delete(key); // a new answer counts as new
    this.#looks.set(key, kept);
    const { value, outcome } = await answer;
    if (outcome === 'gone' || (value !== undefined && isSettled(value))) kept.untilMs = performance.now() + SETTLED_MS;
    // Trouble with Discord is no answer: the next question is asked again.
    if (outcome === 'unanswered' && this.#looks.get(key) === kept) this.#looks.delete(key);
    return value;
  }

  async #look<T>(
    guildId: string,
    look: (signal: AbortSignal) => Promise<T>,
  ): Promise<{ value?: T; outcome: 'answered' | 'gone' | 'unanswered' }> {
    const signal = AbortSignal.timeout(LIMIT_MS);
    try {
      await this.#enter(guildId);
      try {
        signal.throwIfAborted();
        // While discord.js waits for a rate limit, it ignores the signal.
        return { value: await Promise.race([look(signal), aborted(signal)]), outcome: 'answered' };
      } finally {
        this.#leave(guildId);
      }
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) return { outcome: 'unanswered' };
      if (error.code === RESTJSONErrorCodes.UnknownChannel) return { outcome: 'gone' };
      return { outcome: error.status < 500 ? 'answered' : 'unanswered' };
    }
  }

  #maySpend({ id, guild }: Asker): boolean {
    const whose = `${guild.id} ${id}`;
    const nowMs = performance.now();
    for (const [other, { sinceMs }] of this.#spent) {
      if (nowMs - sinceMs < FRESH_MS) break; // in the order of their beginning
      this.#spent.delete(other);
    }
    const spent = this.#spent.get(whose) ?? { count: 0, sinceMs: nowMs };
    if (spent.count >= MOST_OF_MEMBER) return false;
    spent.count += 1;
    this.#spent.set(whose, spent);
    return true;
  }

  async #enter(guildId: string): Promise<void> {
    const lane = this.#lanes.get(guildId) ?? { running: 0, waiting: [] };
    this.#lanes.set(guildId, lane);
    if (lane.running < AT_ONCE_IN_GUILD) {
      lane.running += 1;
      return;
    }
    // The place goes to the next in line; a question whose time is over gives it back at once.
    await new Promise<void>((resolve) => lane.waiting.push(resolve));
  }

  #leave(guildId: string): void {
    const lane = this.#lanes.get(guildId);
    const next = lane?.waiting.shift();
    if (next) next();
    else if (lane) {
      lane.running -= 1;
      if (lane.running === 0) this.#lanes.delete(guildId);
    }
  }
}

async function aborted(signal: AbortSignal): Promise<never> {
  return await new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
