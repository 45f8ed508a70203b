import { escapeInline } from '../../src/discord/formatting/escape.ts';
import { AUTO, isKnown, KNOWN_LANGUAGES } from '../../src/discord/formatting/languages.ts';
import type { Words } from '../../src/i18n/words.ts';

const SHOWN = 10; // items of the typed text: the answer has to fit into a message

/** Says that the typed text is no language. */
export function unreadableLanguage(words: Words, ...typed: readonly string[]): string {
  const shown = typed.slice(0, SHOWN).map((item) => `“${escapeInline(item.slice(0, 60).toWellFormed())}”`);
  const all = [...shown, ...(typed.length > SHOWN ? ['…'] : [])].join(', ');
  return words.t('languages.unreadable', { typed: all, codes: knownCodes() });
}

function knownCodes(): string {
  return KNOWN_LANGUAGES.map(({ code }) => `\`${code}\``).join(', ');
}

/** Says why a language cannot be set for others, whom a refused language would silence; `undefined` when it can. */
export function unknownLanguage(words: Words, codes: readonly string[]): string | undefined {
  const unknown = codes.filter((code) => code !== AUTO && !isKnown(code));
  if (unknown.length === 0) return undefined;
  const shown = unknown.slice(0, SHOWN).map((code) => `\`${code}\``);
  const typed = [...shown, ...(unknown.length > SHOWN ? ['…'] : [])].join(', ');
  return words.t('languages.unknown', { typed, codes: knownCodes() });
}

/** Warns of codes that may be refused; empty when all are known. */
export function doubtAbout(codes: readonly string[], words: Words): string {
  const unknown = codes.filter((code) => code !== AUTO && !isKnown(code)).map((code) => `\`${code}\``);
  if (unknown.length === 0) return '';
  return words.t('languages.doubt', { codes: unknown.join(', '), count: unknown.length });
}

/** Says that something was asked for too often. @param againMs - when it is possible again, in ms since 1970 */
export function tooSoon(words: Words, againMs: number): string {
  return words.t('common.again', { when: momentAway(againMs) });
}

/** A time in Discord's Markdown, which shows it as “in 20 seconds”. */
export function momentAway(atMs: number): string {
  return `<t:${Math.ceil(atMs / 1_000)}:R>`;
}

/** Puts each sentence on a separate line, and leaves empty ones out. */
export function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}
