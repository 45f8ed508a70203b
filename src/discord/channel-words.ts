import type { Client } from 'discord.js';
import type { ChannelId } from '../core/ids.ts';
import { type Words, wordsFor } from '../i18n/words.ts';

/** The language of what everybody in a channel reads: its server's. */
export function channelWords(client: Client, channelId: ChannelId): Words {
  const channel = client.channels.cache.get(channelId);
  return wordsFor(channel && 'guild' in channel ? channel.guild.preferredLocale : 'en-US');
}
