import type { Bot } from '../bot/bot.ts';
import type { Shard } from './shards.ts';

/**
 * A gateway session of this process, for one shard.
 *
 * It opens, which may have to wait for its turn to identify, and then stands by until this process has the shard's seat.
 */
export class ShardSession implements AsyncDisposable {
  readonly shard: Shard;
  readonly #opening = new AbortController();
  readonly #opened: Promise<Bot | undefined>;
  #bot: Bot | undefined;
  #isServing = false;
  #deafSinceMs: number | undefined; // of performance.now()

  /** @param open - logs in; its failure ends the session */
  constructor(shard: Shard, open: (signal: AbortSignal) => Promise<Bot>, failed: (error: unknown) => void) {
    this.shard = shard;
    this.#opened = open(this.#opening.signal).then(
      (bot) => {
        this.#bot = bot;
        return bot;
      },
      (error: unknown) => {
        if (!this.#opening.signal.aborted) failed(error);
        return undefined;
      },
    );
  }

  /** Missing until the session is ready. */
  get bot(): Bot | undefined {
    return this.#bot;
  }

  get isServing(): boolean {
    return this.#isServing;
  }

  /** How long Discord's gateway has not been heard by now, as far as anybody looks. */
  get deafForMs(): number {
    if (this.#bot?.isConnected ?? true) this.#deafSinceMs = undefined;
    else this.#deafSinceMs ??= performance.now();
    return this.#deafSinceMs === undefined ? (this.#bot?.ear.deafForMs ?? 0) : performance.now() - this.#deafSinceMs;
  }

  /** The seat is ours: the bot acts. @param registers - whether to tell Discord which commands there are */
  async serve(registers: () => Promise<boolean>): Promise<void> {
    if (this.#isServing) return;
    this.#isServing = true;
    await this.#bot?.serve(this.shard.id === 0 && (await registers()));
  }

  /** The seat is another's: the bot only listens. */
  async standBy(): Promise<void> {
    if (!this.#isServing) return;
    this.#isServing = false;
    await this.#bot?.standBy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isServing = false;
    this.#opening.abort();
    await (await this.#opened)?.[Symbol.asyncDispose]();
  }
}
