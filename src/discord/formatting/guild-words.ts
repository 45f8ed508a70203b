import type { Client } from 'discord.js';
import type { GuildId } from '../../core/ids.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';

/**
 * The words for everybody in a server, in the language that it has set now; English when the bot does not know the
 * server.
 */
export function guildWords(client: Client, guildId: GuildId): Words {
  return wordsFor(client.guilds.cache.get(guildId)?.preferredLocale ?? 'en-US');
}
