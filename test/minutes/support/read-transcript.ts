import { INVISIBLE } from '../../../src/minutes/text/escape.ts';

export interface ReadLine {
  readonly name: string;
  readonly at: string; // when the passage began
  readonly text?: string; // missing when only translations are known
  readonly isConfirmed: boolean;
  readonly translations: readonly string[]; // `es: Hola`
}

/** Reads the transcript back from Markdown minutes as a person sees it: markup interpreted, escapes undone. */
export function readTranscript(markdown: string): ReadLine[] {
  const [, transcript = ''] = markdown.split('\n## Transcript\n');
  const read: (ReadLine & { translations: string[] })[] = [];
  let name = '';
  let at = '';
  let isQuoting = true; // a quotation directly below the heading of a passage belongs to no text
  for (const line of transcript.split('\n')) {
    const head = /^\*\*(.*)\*\* \((\d+:\d\d:\d\d)\)$/.exec(line);
    if (head) {
      [name, at, isQuoting] = [plain(head[1] ?? ''), head[2] ?? '', true];
    } else if (line.startsWith('> ')) {
      if (isQuoting) read.push({ name, at, isConfirmed: true, translations: [] });
      read.at(-1)?.translations.push(plain(line.slice(2)));
      isQuoting = false;
    } else if (line !== '' && line !== '>' && line !== '*Nothing was said.*') {
      const text = line.replace(/ \*\(unconfirmed\)\*$/, '');
      read.push({ name, at, text: plain(text), isConfirmed: text === line, translations: [] });
      isQuoting = false;
    } else if (line === '') {
      isQuoting = true;
    }
  }
  return read;
}

function plain(escaped: string): string {
  return escaped.replaceAll(INVISIBLE, '').replaceAll(/\\([!-/:-@[-`{-~])/g, '$1');
}
