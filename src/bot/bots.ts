import type { GuildId, SpeakerId } from '../core/ids.ts';
import { guildWords } from '../discord/formatting/guild-words.ts';
import { watchRights } from '../discord/permissions/rights-changes.ts';
import type { Bot } from './bot.ts';

/** The bots of this process: one, or one for each shard that it serves. */
export class Bots implements AsyncDisposable {
  readonly #all = new Map<Bot, Disposable>();
  readonly #rightsWatchers = new Set<(guildId: GuildId, userId?: SpeakerId) => void>();

  add(bot: Bot): void {
    const watching = watchRights(bot.client, (guildId, userId) => {
      for (const changed of this.#rightsWatchers) changed(guildId, userId);
    });
    this.#all.set(bot, watching);
  }

  /** Somebody else ends it. */
  forget(bot: Bot): void {
    this.#all.get(bot)?.[Symbol.dispose]();
    this.#all.delete(bot);
  }

  all(): readonly Bot[] {
    return [...this.#all.keys()];
  }

  /** The bot that is in a server; where several are, the one that has a meeting there, else the newest. */
  of(guildId: GuildId): Bot | undefined {
    const present = this.all().filter(({ client }) => client.guilds.cache.has(guildId));
    return present.find(({ house }) => house.meetingOf(guildId)) ?? present.at(-1);
  }

  /** The locale of a server; English of one that no bot is in. */
  localeOf(guildId: GuildId): string {
    const bot = this.of(guildId);
    return bot ? guildWords(bot.client, guildId).locale : 'en-US';
  }

  /** Calls back when roles, channels or members of a server change. */
  watchRights(changed: (guildId: GuildId, userId?: SpeakerId) => void): Disposable {
    this.#rightsWatchers.add(changed);
    return { [Symbol.dispose]: () => void this.#rightsWatchers.delete(changed) };
  }

  /** Meetings that run in this process. */
  get runningCount(): number {
    return this.all().reduce((sum, { house }) => sum + house.runningCount, 0);
  }

  /** Ends or leaves the meetings of every bot at once. */
  async each(action: (bot: Bot) => Promise<void>): Promise<void> {
    await Promise.all(this.all().map(action));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.each(async (bot) => {
      this.forget(bot);
      await bot[Symbol.asyncDispose]();
    });
  }
}
