import type { Client } from 'discord.js';
import type { ChannelId } from '../../core/ids.ts';
import type { MinutesPoster } from '../../core/ports/minutes.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { MeetingHead, MeetingRecord, MessagePlace, Minutes } from '../../core/record.ts';
import type { GuildSettings } from '../../core/settings.ts';
import type { Words } from '../../i18n/words.ts';
import { guildWords } from '../formatting/guild-words.ts';
import { MAX_CONTENT } from '../formatting/limits.ts';
import { fallbacksFor } from '../messages/destination.ts';
import { say } from '../messages/say.ts';
import { postMinutes } from './post-minutes.ts';

interface PosterParts {
  readonly client: Client<true>;
  readonly settings: Pick<Settings, 'guild'>;
  /** Writes the minutes of a meeting as its server wants them. @param locale - of the server, as Discord gives it */
  readonly write: (
    record: MeetingRecord,
    guild: GuildSettings,
    locale: string,
    signal: AbortSignal,
  ) => Promise<Minutes>;
}

/** Posts the minutes of meetings into their servers' channels. */
export class DiscordMinutesPoster implements MinutesPoster {
  readonly #parts: PosterParts;

  constructor(parts: PosterParts) {
    this.#parts = parts;
  }

  async post(record: MeetingRecord, channelId: ChannelId, signal: AbortSignal): Promise<readonly MessagePlace[]> {
    const { client, settings, write } = this.#parts;
    const { head } = record;
    const guild = await settings.guild(head.guildId);
    const words = guildWords(client, head.guildId);
    const written = await write(record, guild, words.locale, signal);
    const minutes = withWayBack(client, withTranscriptLink(written, head, words), head, words);
    const over = { id: head.id, endedAtMs: head.beganAt.getTime() + (record.endedMs ?? 0) };
    const at = await postMinutes(client, channelId, minutes, fallbacksFor(head), signal, over);
    if (at.channelId !== head.textChannelId) {
      // People who read along should find the minutes; a channel that is gone has no readers.
      const sentence = words.t('announcement.minutesElsewhere', { channel: `<#${at.channelId}>` });
      await say(client, head.textChannelId, sentence, signal).catch(() => {});
    }
    return [at.messageId, ...at.furtherIds].map((messageId) => ({ channelId: at.channelId, messageId }));
  }
}

/** Minutes that link to the transcript, when that is in threads of its own. */
function withTranscriptLink(minutes: Minutes, { places }: MeetingHead, words: Words): Minutes {
  const threads = [places?.threadId, ...Object.values(places?.languageThreads ?? {})].filter((id) => id !== undefined);
  if (threads.length === 0) return minutes;
  const where = threads.map((id) => `<#${id}>`).join(' ');
  return withRow(minutes, words.t('posting.transcriptAt', { where }));
}

/**
 * Minutes of a server that threw the bot out say how to get them there later: they go to the person who started the
 * meeting.
 */
export function withWayBack(client: Client, minutes: Minutes, { guildId }: MeetingHead, words: Words): Minutes {
  return client.guilds.cache.has(guildId) ? minutes : withRow(minutes, `-# ${words.t('posting.wayBack')}`);
}

/** Adds a row to the first message, if it has room. */
function withRow(minutes: Minutes, row: string): Minutes {
  const overview = `${minutes.overview}\n${row}`;
  return overview.length <= MAX_CONTENT ? { ...minutes, overview } : minutes;
}
