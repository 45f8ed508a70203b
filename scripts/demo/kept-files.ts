import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { styleText } from 'node:util';
import type { Channel, Guild, Member } from '../../test/simulators/discord/index.ts';
import { channelPage } from './channel-page.ts';
import type { Paper } from './channel-view.ts';
import { isNotice, say, shownOf } from './shown.ts';

/** Writes the files of the minutes, and the whole channel as a web page, into a folder. */
export function keepFiles(folder: string, text: Channel, guild: Guild, paper: Paper): void {
  mkdirSync(folder, { recursive: true });
  const keep = (name: string, bytes: Uint8Array | string, what: string) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    say(`${what} ${styleText('cyan', relative('.', path))}`, paper);
  };
  for (const { attachments } of text.messages) {
    for (const { filename, bytes } of attachments) keep(filename, bytes, 'The minutes:');
  }
  keep('channel.html', channelAsPage(text, guild), 'The channel, as a page:');
}

/** A text channel as a web page. */
export function channelAsPage(text: Channel, guild: Guild): string {
  const messages = text.messages.filter((message) => !isNotice(message));
  const shown = messages.map((message) => ({
    ...shownOf(message, guild),
    authorName: message.authorName,
    isSpeaker: message.webhook !== undefined,
  }));
  return channelPage(text.name, shown);
}

/** Writes the files of the minutes under names without a date, as a sample for people who have not tried Parley. */
export async function keepSample(folder: string, asker: Member, text: Channel, paper: Paper): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const keep = (filename: string, bytes: Uint8Array) => {
    const path = join(folder, filename.replace(/^minutes-[^.]*/, 'minutes'));
    writeFileSync(path, bytes);
    say(`Kept: ${styleText('cyan', relative('.', path))}`, paper);
  };
  for (const { attachments } of text.messages) {
    for (const { filename, bytes } of attachments) keep(filename, bytes);
  }
  const [meeting] = await asker.autocomplete('minutes export', 'meeting', '', { channel: text });
  if (!meeting) throw new Error('The demo held no meeting');
  for (const language of [undefined, 'es']) {
    const options = { meeting: `${meeting.value}`, format: 'vtt', ...(language !== undefined && { language }) };
    const { attachments } = await asker.command('minutes export', options, { channel: text });
    for (const { filename, bytes } of attachments) keep(filename, bytes);
  }
}
