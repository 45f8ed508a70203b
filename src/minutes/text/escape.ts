import { oneLine } from '../../core/text/plain-text.ts';

/** Breaks what would be recognised, without being seen. Where a backslash does the same, a backslash is used. */
export const INVISIBLE = '\u200b';

/** Nothing below finds anything without one of these: most of what people say is done with one look. */
const SUSPICIOUS = /[\\*_~|`<>[\]${}&:@#/]|www/i;
/** Format wherever they stand, or may (`$`: formulas; braces: wikis that run what stands in them). */
const FORMATTING = /[\\*_~|`<>[\]${}]/g;
const ENTITY = /&(?=#?\w+;)/g;
const SCHEME = /:(?=\/\/)/g;
const WWW = /(www)\./gi;
/** Domains with a path, which Discord shows as invitations even without a scheme. */
const PATH_OF_DOMAIN = /(?<=[\p{L}\p{N}]\.[\p{L}\p{N}]+)\//gu;
const EMOJI_NAME = /:(?=[\p{L}_+-][\p{L}\p{N}_+-]*:)/gu;
const HEADING_END = /(?<=^|\s)#/g; // closes a heading at its end, and opens one at the beginning of a line

/**
 * Makes what somebody said or is called plain in Markdown, GitHub's and Discord's alike: it formats nothing, links
 * nothing and pings nobody. The result stands inside a line; what begins one goes through `escapeLine`.
 */
export function escapeInline(text: string): string {
  const line = oneLine(text);
  if (!SUSPICIOUS.test(line)) return line;
  return line
    .replaceAll(EMOJI_NAME, `:${INVISIBLE}`) // first: those below make no colon or word of theirs
    .replaceAll(PATH_OF_DOMAIN, `${INVISIBLE}/`)
    .replaceAll(FORMATTING, '\\$&')
    .replaceAll(ENTITY, '\\&')
    .replaceAll(SCHEME, '\\:')
    .replaceAll(WWW, '$1\\.')
    .replaceAll(HEADING_END, '\\#')
    .replaceAll('@', `@${INVISIBLE}`);
}

/** The same for text that is a line of its own: no list, no rule, no underlining of the line above. */
export function escapeLine(text: string): string {
  return escapeInline(text)
    .replace(/^[-+=:]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}
