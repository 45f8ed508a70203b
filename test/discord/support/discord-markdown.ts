/** A message as its readers see it: the plain text, and everything that is more than text. */
export interface Reading {
  readonly text: string;
  readonly marks: readonly string[];
}

interface Rule {
  readonly mark: string;
  readonly pattern: RegExp; // sticky; group 1 is the visible text
  readonly atLineStart?: boolean;
}

/**
 * The Markdown that Discord's client knows; the first match wins. In doubt a pattern matches more than Discord does.
 */
const RULES: readonly Rule[] = [
  { mark: 'heading', pattern: /#{1,3} +(\S.*)/y, atLineStart: true },
  { mark: 'subtext', pattern: /-# +(\S.*)/y, atLineStart: true },
  { mark: 'quote', pattern: />(?:>>)? (.*)/y, atLineStart: true },
  { mark: 'list', pattern: /(?:[-*+]|\d+[.)]) +(\S.*)/y, atLineStart: true },
  { mark: 'code block', pattern: /```([\s\S]+?)```/y },
  { mark: 'code', pattern: /`+([^`]+)`+/y },
  { mark: 'masked link', pattern: /\[([^\]]*)\]\([^)]+\)/y },
  { mark: 'link', pattern: /(\w+:\/\/\S+)/y },
  { mark: 'invitation', pattern: /(discord(?:\.gg|(?:app)?\.com\/invite)\/\w+)/iy },
  { mark: 'mention', pattern: /(<@[!&]?\d+>|<#\d+>|@everyone|@here)/y },
  { mark: 'guild page', pattern: /(<id:[a-z-]+>)/y },
  { mark: 'time', pattern: /(<t:-?\d+(?::\w)?>)/y },
  { mark: 'link in brackets', pattern: /<(\w+:[^ >]+)>/y },
  { mark: 'command', pattern: /(<\/[^>]+:\d+>)/y },
  { mark: 'emoji', pattern: /(<a?:\w+:\d+>)/y },
  { mark: 'emoji', pattern: /(:[^\s:]+:)/y },
  { mark: 'bold', pattern: /\*\*((?:\\[\s\S]|[^\\])+?)\*\*/y },
  { mark: 'underline', pattern: /__((?:\\[\s\S]|[^\\])+?)__/y },
  { mark: 'italics', pattern: /\*((?:\\[\s\S]|[^\\*])+?)\*/y },
  { mark: 'italics', pattern: /_((?:\\[\s\S]|[^\\_])+?)_/y },
  { mark: 'strike', pattern: /~~((?:\\[\s\S]|[^\\])+?)~~/y },
  { mark: 'spoiler', pattern: /\|\|((?:\\[\s\S]|[^\\])+?)\|\|/y },
];

/** Reads a message as Discord's client does. */
export function asDiscordReads(content: string): Reading {
  const marks: string[] = [];
  let text = '';
  let at = 0;
  while (at < content.length) {
    const isLineStart = at === 0 || content[at - 1] === '\n';
    const escaped = /\\([^0-9A-Za-z\s])/uy;
    escaped.lastIndex = at;
    const plain = escaped.exec(content);
    if (plain) {
      text += plain[1];
      at = escaped.lastIndex;
      continue;
    }
    const found = firstMatch(content, at, isLineStart);
    if (!found) {
      const point = String.fromCodePoint(content.codePointAt(at) ?? 0);
      text += point;
      at += point.length;
      continue;
    }
    const inner = asDiscordReads(found.shown);
    marks.push(found.mark, ...inner.marks);
    text += inner.text;
    at = found.end;
  }
  return { text, marks };
}

function firstMatch(content: string, at: number, isLineStart: boolean) {
  for (const { mark, pattern, atLineStart } of RULES) {
    if (atLineStart && !isLineStart) continue;
    pattern.lastIndex = at;
    const match = pattern.exec(content);
    if (!match) continue;
    const shown = mark.startsWith('code') || mark === 'masked link' ? (match.at(-1) ?? '') : '';
    const isText = [
      'bold',
      'italics',
      'underline',
      'strike',
      'spoiler',
      'heading',
      'subtext',
      'quote',
      'list',
    ].includes(mark);
    return { mark, shown: isText ? (match[1] ?? '') : shown, end: pattern.lastIndex };
  }
  return undefined;
}
