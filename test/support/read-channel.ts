/** One utterance as it stands in the channel. */
export interface ShownLine {
  readonly name: string;
  readonly atMs: number; // since 1970, whole seconds
  readonly text: string;
  readonly translations: Readonly<Record<string, string>>;
}

const HEAD = /^\*\*(?<name>.+)\*\* · <t:(?<seconds>\d+):T>$/;
const TRANSLATION = /^> \*\*(?<language>[\w-]+)\*\* · (?<text>.*)$/;

/** Reads the lines of a transcript back from messages, as a person would: oldest first, notices left out. */
export function readTranscript(messages: readonly { readonly content: string }[]): ShownLine[] {
  const shown: { name: string; atMs: number; text: string; translations: Record<string, string> }[] = [];
  for (const { content } of messages) {
    let head: { name: string; atMs: number } | undefined;
    for (const line of content.split('\n')) {
      const newHead = HEAD.exec(line)?.groups;
      const translation = TRANSLATION.exec(line)?.groups;
      if (newHead) head = { name: plain(newHead.name ?? ''), atMs: Number(newHead.seconds) * 1000 };
      else if (translation) {
        const last = shown.at(-1);
        if (last) last.translations[translation.language ?? ''] = plain(translation.text ?? '');
      } else if (head && line !== '' && !line.startsWith('ℹ️'))
        shown.push({ ...head, text: plain(line), translations: {} });
    }
  }
  return shown;
}

/** Without the backslashes and zero-width characters that keep speech from formatting. */
export function plain(markdown: string): string {
  return markdown.replaceAll(/\\([^\w\s])/g, '$1').replaceAll(/[\u200b\u200c\u2060]/g, '');
}
