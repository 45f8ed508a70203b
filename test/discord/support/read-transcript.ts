import { asDiscordReads } from './discord-markdown.ts';

/** One line of a transcript as a person reads it. */
export interface ReadLine {
  readonly name: string;
  readonly atS: number; // Unix time of its head
  readonly text: string; // '' when only translations are under this head
  readonly translations: Record<string, string>;
  readonly isGrowing?: true; // its words still grow
}

/** The parts of a message that tell its lines, and under which name they are. */
interface ShownMessage {
  readonly content: string;
  readonly webhook?: object | undefined; // that wrote it under the speaker's name
  readonly authorName?: string;
  readonly createdAtMs?: number;
}

/** Reads a channel's messages back into lines and speakers; other messages are skipped. */
export function readTranscript(messages: readonly ShownMessage[]): ReadLine[] {
  return messages.flatMap(readMessage);
}

function readMessage({ content, webhook, authorName, createdAtMs }: ShownMessage): ReadLine[] {
  const lines: ReadLine[] = [];
  const author = webhook && { name: authorName ?? '', atS: Math.floor((createdAtMs ?? 0) / 1_000) };
  let head = author;
  let isFresh = author !== undefined; // a head whose line has not come yet
  for (const row of content.split('\n')) {
    const [, name, atS] = /^\*\*(.+)\*\* · <t:(\d+):T>$/.exec(row) ?? [];
    const [, language, translation] = /^> \*\*(\S+)\*\* · (.*)$/.exec(row) ?? [];
    if (name !== undefined && atS !== undefined) {
      head = { name: plain(name), atS: Number(atS) };
      isFresh = true;
    } else if (language !== undefined && translation !== undefined) {
      if (isFresh && head) lines.push({ ...head, text: '', translations: {} });
      isFresh = false;
      const line = lines.at(-1);
      if (line) line.translations[language] = plain(translation);
    } else if (head && !row.startsWith('ℹ️')) {
      const [, growing] = /^(.*) \*…\*$/.exec(row) ?? [];
      const line = { ...head, text: plain(growing ?? row), translations: {} };
      lines.push(growing === undefined ? line : { ...line, isGrowing: true });
      isFresh = false;
    }
  }
  return lines;
}

function plain(markdown: string): string {
  return asDiscordReads(markdown).text.replaceAll('\u200b', '');
}
