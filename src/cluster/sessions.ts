import type { Bot } from '../bot/bot.ts';
import type { Bots } from '../bot/bots.ts';
import type { GuildId } from '../core/ids.ts';
import type { Log } from '../core/log.ts';
import { ShardSession } from './session.ts';
import { type Shard, shardOf } from './shards.ts';

export interface SessionsParts {
  readonly shardCount: number;
  readonly bots: Bots;
  /** Logs in to one shard. */
  readonly open: (shard: Shard, signal: AbortSignal) => Promise<Bot>;
  /** A session could not be opened: the process ends. */
  readonly failed: (error: unknown) => void;
  readonly log: Log;
}

/** The gateway sessions of this process, one for each shard that it serves or is heir to. */
export class Sessions implements AsyncDisposable {
  readonly #parts: SessionsParts;
  readonly #opened: () => void;
  readonly #all = new Map<number, ShardSession>();

  /** @param opened - called when a session is open */
  constructor(parts: SessionsParts, opened: () => void) {
    this.#parts = parts;
    this.#opened = opened;
  }

  get(shardId: number): ShardSession | undefined {
    return this.#all.get(shardId);
  }

  of(guildId: GuildId): ShardSession | undefined {
    return this.#all.get(shardOf(guildId, this.#parts.shardCount));
  }

  all(): readonly (readonly [number, ShardSession])[] {
    return [...this.#all];
  }

  get areReady(): boolean {
    return [...this.#all.values()].every(({ bot }) => bot?.isConnected ?? false);
  }

  /** Opens what is missing. @param wanted - shards, with the number of all shards */
  open(wanted: ReadonlyMap<number, number>): void {
    const { open, failed } = this.#parts;
    for (const [id, count] of wanted) {
      if (this.#all.has(id)) continue;
      const shard = { id, count };
      const logIn = async (signal: AbortSignal) => this.#add(shard, await open(shard, signal));
      this.#all.set(id, new ShardSession(shard, logIn, failed));
    }
  }

  #add({ id, count }: Shard, bot: Bot): Bot {
    const { bots, log } = this.#parts;
    bots.add(bot);
    log.info({ shard: id, of: count, guilds: bot.client.guilds.cache.size }, 'A gateway session is open');
    this.#opened();
    return bot;
  }

  /** Does not wait until it is closed. */
  close(shardId: number): void {
    const session = this.#all.get(shardId);
    this.#all.delete(shardId);
    if (session?.bot) this.#parts.bots.forget(session.bot);
    void session?.[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#all.values()].map((session) => session[Symbol.asyncDispose]()));
  }
}
