import { setTimeout as delay } from 'node:timers/promises';
import type { Client, Guild, GuildBasedChannel } from 'discord.js';
import type { GuildId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import { wordsFor } from '../../i18n/words.ts';
import { retryDelayMs } from '../messages/retry-delay.ts';
import { say } from '../messages/say.ts';
import { knownGuilds, onGuildKnown } from './known-guilds.ts';

const ATTEMPTS = 5;

interface Parts {
  readonly client: Client<true>;
  readonly allowed: readonly GuildId[];
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Keeps the bot in the servers that the operator allows, until disposed. It leaves all others with a sentence: those it
 * is in already, and those that invite it later.
 */
export class AllowedGuilds implements Disposable {
  readonly #parts: Parts;
  readonly #known: Disposable;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#known = onGuildKnown(parts.client, (guild) => void this.#consider(guild));
  }

  [Symbol.dispose](): void {
    this.#known[Symbol.dispose]();
  }

  /** Whether the bot works for a server: until it has left another, its members may still ask for something. */
  has(guildId: GuildId): boolean {
    return this.#parts.allowed.includes(guildId);
  }

  /**
   * Leaves the servers that are not allowed. Await it before meetings go on. Never rejects; tries again where it has
   * to.
   */
  async leaveOthers(): Promise<void> {
    await Promise.all(knownGuilds(this.#parts.client).map((guild) => this.#consider(guild)));
  }

  async #consider(guild: Guild): Promise<void> {
    const { log, signal } = this.#parts;
    if (this.has(guild.id)) return;
    await this.#sayGoodbye(guild).catch(() => {}); // one attempt is enough
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      try {
        await guild.leave();
        log.info({ guild: guild.id }, 'Left a server that ALLOWED_GUILDS does not name');
        return;
      } catch (err) {
        if (!this.#parts.client.guilds.cache.has(guild.id)) return; // it was removed meanwhile
        log.warn({ err, guild: guild.id }, 'A server that ALLOWED_GUILDS does not name could not be left');
      }
      if (signal.aborted) return;
      await delay(retryDelayMs(attempt), undefined, { signal }).catch(() => {});
    }
  }

  async #sayGoodbye(guild: Guild): Promise<void> {
    const { client, signal } = this.#parts;
    const me = await guild.members.fetchMe();
    const places = [guild.systemChannel, ...guild.channels.cache.values()];
    const place = places.find((channel) => channel && canSay(channel, me));
    if (place) await say(client, place.id, wordsFor(guild.preferredLocale).t('usage.notAllowed'), signal);
  }
}

function canSay(channel: GuildBasedChannel, me: NonNullable<Guild['members']['me']>): boolean {
  if (!channel.isTextBased() || channel.isThread() || channel.isVoiceBased()) return false;
  return channel.permissionsFor(me).has(['ViewChannel', 'SendMessages']);
}
