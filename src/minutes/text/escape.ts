import { oneLine } from '../../core/text/plain-text.ts';

/** A space of no width: it breaks a pattern and stays invisible. Used only where a backslash does not help. */
export const INVISIBLE = '\u200b';

/** No pattern below matches a text without one of these, so one test is enough for most of what people say. */
const SUSPICIOUS = /[\\*_~|`<>[\]${}&:@#/]|www/i;
/**
 * Characters that can format anywhere in a text. Some readers take `$` for a formula, and some wikis run what braces
 * hold.
 */
const FORMATTING = /[\\*_~|`<>[\]${}]/g;
const ENTITY = /&(?=#?\w+;)/g;
const SCHEME = /:(?=\/\/)/g;
const WWW = /(www)\./gi;
/** The slash after a domain: Discord can show a domain with a path as an invitation, even without a scheme. */
const PATH_OF_DOMAIN = /(?<=[\p{L}\p{N}]\.[\p{L}\p{N}]+)\//gu;
const EMOJI_NAME = /:(?=[\p{L}_+-][\p{L}\p{N}_+-]*:)/gu;
const HEADING_END = /(?<=^|\s)#/g; // opens a heading at the beginning of a line, and closes one at its end

/**
 * Escapes words or a name for Markdown, both GitHub's and Discord's: they format nothing, link to nothing and mention
 * nobody.
 *
 * The result is for use inside a line. Text at the beginning of a line needs `escapeLine`.
 */
export function escapeInline(text: string): string {
  const line = oneLine(text);
  if (!SUSPICIOUS.test(line)) return line;
  return line
    .replaceAll(EMOJI_NAME, `:${INVISIBLE}`) // first, because the replacements below add no colons or letters
    .replaceAll(PATH_OF_DOMAIN, `${INVISIBLE}/`)
    .replaceAll(FORMATTING, '\\$&')
    .replaceAll(ENTITY, '\\&')
    .replaceAll(SCHEME, '\\:')
    .replaceAll(WWW, '$1\\.')
    .replaceAll(HEADING_END, '\\#')
    .replaceAll('@', `@${INVISIBLE}`);
}

/** Escapes text that begins a line, so that it makes no list, no rule and no underline of the line above. */
export function escapeLine(text: string): string {
  return escapeInline(text)
    .replace(/^[-+=:]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}
