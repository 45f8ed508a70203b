import { styleText } from 'node:util';
import type { Guild, Message } from '../../test/simulators/discord/index.ts';
import type { Paper, ShownMessage } from './channel-view.ts';

export function shownOf({ id, content, attachments, webhook, authorName, createdAtMs }: Message, guild: Guild) {
  return {
    id,
    content: withNames(content, guild),
    atMs: createdAtMs,
    ...(webhook && { speaker: authorName }),
    attachments: attachments.map(fileOf),
  } satisfies ShownMessage;
}

/** Whether this is Discord's own message that something was pinned. */
export function isNotice({ content, attachments }: Message): boolean {
  return content === '' && attachments.length === 0;
}

function fileOf({ filename, contentType, bytes }: Message['attachments'][number]) {
  const isPicture = contentType.startsWith('image/');
  const dataUrl = `data:${contentType};base64,${Buffer.from(bytes).toString('base64')}`;
  return { name: filename, ...(isPicture && { dataUrl }) };
}

/** Replaces mentions by names, as Discord shows them. */
export function withNames(content: string, guild: Guild): string {
  const withPeople = content.replaceAll(
    /<@(\d+)>/g,
    (mention, id: string) => guild.members.get(id)?.displayName ?? mention,
  );
  return withPeople.replaceAll(/<#(\d+)>/g, (mention, id: string) => {
    const channel = guild.channels.get(id);
    return channel ? `#${channel.name}` : mention;
  });
}

export function say(line: string, paper: Paper = process.stdout): void {
  paper.write(`${line}\n`);
}

export function note(line: string, paper?: Paper): void {
  say(styleText('dim', line), paper);
}

/** This process's own output: a terminal with its size, or a pipe. */
export function screen(): Paper {
  const { stdout } = process;
  return {
    write: (written) => stdout.write(written),
    ...(stdout.isTTY && { rows: stdout.rows, columns: stdout.columns }),
  };
}
