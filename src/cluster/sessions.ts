import type { Bot } from '../bot/bot.ts';
import type { Bots } from '../bot/bots.ts';
import type { GuildId } from '../core/ids.ts';
import type { Log } from '../core/log.ts';
import type { MeetingHead } from '../core/record.ts';
import { ShardSession } from './session.ts';
import { type Shard, shardOf } from './shards.ts';

export interface SessionsParts {
  readonly bots: Bots;
  /** Logs in to one shard. */
  readonly open: (shard: Shard, signal: AbortSignal) => Promise<Bot>;
  /** A session could not be opened. */
  readonly failed: (error: unknown, shard: Shard) => void;
  readonly log: Log;
}

/**
 * The gateway sessions of this process, one for each shard that it serves or is heir to.
 *
 * While the number of shards changes, two of them may hear of one guild. A meeting stays with the one in which it runs.
 */
export class Sessions implements AsyncDisposable {
  readonly #parts: SessionsParts;
  readonly #opened: () => void;
  readonly #all = new Map<string, ShardSession>();

  /** @param opened - called when a session is open */
  constructor(parts: SessionsParts, opened: () => void) {
    this.#parts = parts;
    this.#opened = opened;
  }

  get(shard: Shard): ShardSession | undefined {
    return this.#all.get(nameOf(shard));
  }

  /** The session that looks after a guild: where its meeting runs or is to go on, else the one that serves it, else the newest. */
  of(guildId: GuildId): ShardSession | undefined {
    const hearing = this.#hearing(guildId).toReversed();
    const isThere = (head: MeetingHead) => head.guildId === guildId;
    const meets = ({ bot }: ShardSession) =>
      bot && (bot.house.isBeginning(guildId) || [...bot.house.running(), ...bot.house.resuming()].some(isThere));
    return hearing.find(meets) ?? hearing.find(({ isServing }) => isServing) ?? hearing[0];
  }

  /** Whether this process serves a guild's shard, by whichever session. */
  serves(guildId: GuildId): boolean {
    return this.#hearing(guildId).some(({ isServing }) => isServing);
  }

  all(): readonly ShardSession[] {
    return [...this.#all.values()];
  }

  /** @param count - sessions of another number of shards do not matter */
  areReady(count: number): boolean {
    return this.all().every(({ shard, bot }) => shard.count !== count || (bot?.isConnected ?? false));
  }

  #hearing(guildId: GuildId): readonly ShardSession[] {
    return this.all().filter(({ shard }) => shardOf(guildId, shard.count) === shard.id);
  }

  /** Opens what is missing. */
  open(wanted: readonly Shard[]): void {
    const { open, failed } = this.#parts;
    for (const shard of wanted) {
      if (this.get(shard)) continue;
      const logIn = async (signal: AbortSignal) => this.#add(shard, await open(shard, signal));
      this.#all.set(nameOf(shard), new ShardSession(shard, logIn, (error) => failed(error, shard)));
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
  close(session: ShardSession): void {
    this.#all.delete(nameOf(session.shard));
    if (session.bot) this.#parts.bots.forget(session.bot);
    void session[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#all.values()].map((session) => session[Symbol.asyncDispose]()));
  }
}

function nameOf({ id, count }: Shard): string {
  return `${id} of ${count}`;
}
