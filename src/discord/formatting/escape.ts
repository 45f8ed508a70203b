import { isSeen, oneLine, withItsEnds } from '../../core/text/plain-text.ts';

/** Breaks what Discord would recognise, without being seen. */
const INVISIBLE = '\u200b';

/** Characters that format anywhere in a line; a backslash makes Discord show them as they are. */
const FORMATTING = /[\\*_~|`<>[\]]/g;
/** `:name:` becomes an emoji and `scheme://` a link; a lone colon, as in 10:30, is left readable in the raw text. */
const ACTIVE_COLON = /:(?=[^\s:]*:)|:(?=\/)/g;
/** Domains with a path, which Discord shows as invitations even without a scheme. */
const PATH_OF_DOMAIN = /(?<=[\p{L}\p{N}]\.[\p{L}\p{N}]+)\//gu;
/** Characters of no width that no script needs; joiners, which some do, stay. */
const NOTHING = /[\u00ad\u200b\u2060\ufeff]/g;

/**
 * Makes somebody's words, or their name, plain: they cannot ping, format or link, and hold no line break.
 *
 * The result is safe anywhere inside a line. At the start of a line it needs `escapeLineStart` as well.
 */
export function escapeInline(text: string): string {
  return plainLine(text)
    .replaceAll(FORMATTING, '\\$&')
    .replaceAll(ACTIVE_COLON, `\\:${INVISIBLE}`)
    .replaceAll('@', `@${INVISIBLE}`)
    .replaceAll(PATH_OF_DOMAIN, `${INVISIBLE}/`);
}

/** Undoes `escapeInline`. */
export function unescapeInline(escaped: string): string {
  return escaped.replaceAll(INVISIBLE, '').replaceAll(/\\(.)/gu, '$1');
}

/** The beginnings of headings, subtext, lists and quotes. */
export function escapeLineStart(escaped: string): string {
  return escaped.replace(/^([#+-])/, '\\$1').replace(/^(\d+)([.)])/, '$1\\$2');
}

/** A name as people see it: never empty. */
export function escapeName(name: string): string {
  return isSeen(name) ? escapeInline(name) : 'Somebody';
}

/**
 * Makes a sentence of the bot safe: it may contain names, channels and words of the server.
 *
 * Command names in backticks stay as they are, so that a notice can say what to do.
 */
export function escapeNotice(text: string): string {
  return plainLine(text)
    .split(/(`\/[a-z][a-z -]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : withItsEnds(part, escapeInline)))
    .join('');
}

/** Puts a text on one line, without characters that nobody sees. */
function plainLine(text: string): string {
  return oneLine(text.replaceAll(NOTHING, ''));
}
