import { AudioError } from '../errors.ts';
import type { GuildId } from '../ids.ts';
import type { Budget } from './usage.ts';

const WORTH_WRITING_MS = 10_000; // this much is not counted when the process is killed

/** Counts the audio that one file sends to the recogniser, and ends the file when its server's monthly budget is used up. */
export class FileMeter {
  readonly #guildId: GuildId;
  readonly #budget: Budget | undefined;
  readonly #usedUp = new AbortController();
  #sentMs = 0; // sent in this attempt
  #uncountedMs = 0;
  #counting: Promise<void> = Promise.resolve();

  constructor(guildId: GuildId, budget: Budget | undefined) {
    this.#guildId = guildId;
    this.#budget = budget;
  }

  /** @throws {AudioError} when the budget is already used up */
  async refuse(): Promise<void> {
    if ((await this.#budget?.standing(this.#guildId)) === 'used up') throw usedUp();
  }

  within(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#usedUp.signal]);
  }

  sent(sentMs: number): void {
    this.#uncountedMs += Math.max(0, sentMs - this.#sentMs);
    this.#sentMs = sentMs;
    if (this.#uncountedMs >= WORTH_WRITING_MS) this.#count();
  }

  /** Audio of a failed attempt was charged for, too. */
  startedOver(): void {
    this.#sentMs = 0;
  }

  /** Never rejects: a file becomes text even if its use cannot be counted. */
  async close(): Promise<void> {
    if (this.#uncountedMs > 0) this.#count();
    await this.#counting;
  }

  #count(): void {
    const sentMs = this.#uncountedMs;
    this.#uncountedMs = 0;
    this.#counting = this.#counting.then(async () => {
      try {
        const standing = await this.#budget?.add(this.#guildId, 'files', sentMs);
        if (standing === 'used up') this.#usedUp.abort(usedUp());
      } catch {
        this.#uncountedMs += sentMs; // counted with the next
      }
    });
  }
}

function usedUp(): AudioError {
  return new AudioError('budget-used-up', 'The server has used up its minutes of this month.');
}
