import { isSeen, oneLine, withItsEnds } from '../../core/text/plain-text.ts';

/** Breaks what Discord would recognise, without being seen. */
const INVISIBLE = '\u200b';

/** Characters that format wherever they stand; a backslash makes Discord show them as they are. */
const FORMATTING = /[\\*_~|`<>[\]]/g;
/** `:name:` becomes an emoji and `scheme://` a link; a lone colon, as in 10:30, is left readable in the raw text. */
const ACTIVE_COLON = /:(?=[^\s:]*:)|:(?=\/)/g;
/** Domains with a path, which Discord shows as invitations even without a scheme. */
const PATH_OF_DOMAIN = /(?<=[\p{L}\p{N}]\.[\p{L}\p{N}]+)\//gu;
/** Characters of no width that no script needs; joiners, which some do, stay. */
const NOTHING = /[\u00ad\u200b\u2060\ufeff]/g;

/**
 * Makes what somebody said (or is called) plain: it cannot ping, format or link, and holds no line break.
 *
 * The result may stand anywhere inside a line. What begins a line goes through `escapeLineStart` as well.
 */
export function escapeInline(text: string): string {
  return plainLine(text)
    .replaceAll(FORMATTING, '\\$&')
    .replaceAll(ACTIVE_COLON, `\\:${INVISIBLE}`)
    .replaceAll('@', `@${INVISIBLE}`)
    .replaceAll(PATH_OF_DOMAIN, `${INVISIBLE}/`);
}

/** What somebody said, from what `escapeInline` made of it. */
export function unescapeInline(escaped: string): string {
  return escaped.replaceAll(INVISIBLE, '').replaceAll(/\\(.)/gu, '$1');
}

/** Headings, subtext, lists and quotes begin a line with these. */
export function escapeLineStart(escaped: string): string {
  return escaped.replace(/^([#+-])/, '\\$1').replace(/^(\d+)([.)])/, '$1\\$2');
}

/** A name as it is shown: never empty. */
export function escapeName(name: string): string {
  return isSeen(name) ? escapeInline(name) : 'Somebody';
}

/**
 * Makes one of our own sentences safe: names, channels and a server's words may stand in it.
 *
 * Command names in backticks stay as they are, so that a notice can say what to do.
 */
export function escapeNotice(text: string): string {
  return plainLine(text)
    .split(/(`\/[a-z][a-z -]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : withItsEnds(part, escapeInline)))
    .join('');
}

/** Everything on one line, without what takes no room. */
function plainLine(text: string): string {
  return oneLine(text.replaceAll(NOTHING, ''));
}
