import { type Client, Events, type Guild } from 'discord.js';
import type { GuildId } from '../../core/ids.ts';

/**
 * Calls back for every guild that becomes known from now on: the bot was invited, an outage ended, or the guild is
 * late.
 *
 * A guild that Discord cannot reach is listed after the login, but empty: nobody seems to be in it, and nothing seems
 * to be permitted. Whoever goes through all guilds has to skip those, and to look at them when this calls back.
 */
export function onGuildKnown(client: Client, take: (guild: Guild) => void): Disposable {
  client.on(Events.GuildAvailable, take);
  client.on(Events.GuildCreate, take);
  return {
    [Symbol.dispose]() {
      client.off(Events.GuildAvailable, take);
      client.off(Events.GuildCreate, take);
    },
  };
}

/** The guilds that are known by now. */
export function knownGuilds(client: Client): readonly Guild[] {
  return [...client.guilds.cache.values()].filter(({ available }) => available);
}

/**
 * Resolves once a guild is known; with `undefined` when the bot is not in it.
 *
 * @throws the signal's reason
 */
export async function guildOnceKnown(
  client: Client,
  guildId: GuildId,
  signal: AbortSignal,
): Promise<Guild | undefined> {
  const now = client.guilds.cache.get(guildId);
  if (!now || now.available) return now;
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<Guild | undefined>();
  using _known = onGuildKnown(client, (guild) => {
    if (guild.id === guildId) resolve(guild);
  });
  const onGone = (guild: Guild) => {
    if (guild.id === guildId) resolve(undefined);
  };
  const giveUp = () => reject(signal.reason);
  client.on(Events.GuildDelete, onGone);
  signal.addEventListener('abort', giveUp);
  try {
    return await promise;
  } finally {
    client.off(Events.GuildDelete, onGone);
    signal.removeEventListener('abort', giveUp);
  }
}
