import { snippetOf } from '../../src/core/text/snippet.ts';
import { escapeInline } from '../../src/discord/formatting/escape.ts';

/** A piece of a text around its first match, with all matches in bold, safe to post. */
export function boldSnippetOf(text: string, matches: Parameters<typeof snippetOf>[1]): string {
  return snippetOf(text, matches)
    .map((part) => (part.isMatch ? `**${escapeInline(part.text)}**` : plain(part.text)))
    .join('');
}

/** Escapes a part of a sentence, and keeps the spaces at its ends, which escaping would remove. */
function plain(text: string): string {
  const inner = escapeInline(text);
  if (inner === '') return text === '' ? '' : ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${inner}${/\s$/.test(text) ? ' ' : ''}`;
}
