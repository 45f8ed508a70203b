import type { Client } from 'discord.js';
import type { MeetingHead, Minutes } from '../../core/record.ts';
import type { Words } from '../../i18n/words.ts';
import { MAX_CONTENT } from '../transcript/line.ts';

/** Minutes of a server that the bot was thrown out of say how to have them there again: they go to who started the meeting. */
export function withWayBack(client: Client, minutes: Minutes, { guildId }: MeetingHead, words: Words): Minutes {
  if (client.guilds.cache.has(guildId)) return minutes;
  const overview = `${minutes.overview}\n-# ${words.t('posting.wayBack')}`;
  return overview.length <= MAX_CONTENT ? { ...minutes, overview } : minutes;
}
