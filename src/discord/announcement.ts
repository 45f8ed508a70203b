import { randomBytes } from 'node:crypto';
import type { Client } from 'discord.js';
import type { ChannelId } from '../core/ids.ts';
import type { MeetingStatus } from '../core/meetings.ts';
import { escapeName, escapeNotice } from './escape.ts';
import { namesList } from './languages.ts';
import { MessageApi } from './message-api.ts';

/** Posts a sentence of the bot's own, of markdown that the caller made safe. @throws as discord.js does */
export async function say(client: Client, channelId: ChannelId, markdown: string, signal: AbortSignal): Promise<void> {
  const nonce = randomBytes(9).toString('base64url');
  await new MessageApi(client).create(channelId, { content: markdown, nonce }, signal);
}

/** What everybody has to know when a meeting starts: that it is written down, by whose wish, and how to stay out. */
export function announcementOf(status: MeetingStatus, starterName: string): string {
  const { head, options } = status;
  const translations =
    options.translateTo.length === 0
      ? 'No translations (`/translate` sets some).'
      : `Translated into ${escapeNotice(namesList(options.translateTo))}.`;
  return [
    `🔴 **What is said in <#${head.voiceChannelId}> is transcribed here from now on.** Started by ${escapeName(starterName)}.`,
    `Spoken: ${escapeNotice(namesList([options.language]))}. ${translations}`,
    'Not you? `/privacy opt-out`, and you are not heard. `/transcribe stop` ends it and posts the minutes.',
  ].join('\n');
}
