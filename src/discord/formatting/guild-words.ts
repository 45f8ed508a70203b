import type { Client } from 'discord.js';
import type { GuildId } from '../../core/ids.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';

/** The words for what everybody in a server reads, as its language is set now; English where the server is not known. */
export function guildWords(client: Client, guildId: GuildId): Words {
  return wordsFor(client.guilds.cache.get(guildId)?.preferredLocale ?? 'en-US');
}
