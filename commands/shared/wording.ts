import { escapeInline } from '../../src/discord/formatting/escape.ts';
import { AUTO, isKnown, KNOWN_LANGUAGES } from '../../src/discord/formatting/languages.ts';
import type { Words } from '../../src/i18n/words.ts';

const SHOWN = 10; // of what somebody typed: the answer has to fit into a message

/** Something was typed that is no language. */
export function unreadableLanguage(words: Words, ...typed: readonly string[]): string {
  const shown = typed.slice(0, SHOWN).map((item) => `“${escapeInline(item.slice(0, 60).toWellFormed())}”`);
  const all = [...shown, ...(typed.length > SHOWN ? ['…'] : [])].join(', ');
  return words.t('languages.unreadable', { typed: all, codes: knownCodes() });
}

function knownCodes(): string {
  return KNOWN_LANGUAGES.map(({ code }) => `\`${code}\``).join(', ');
}

/** Why a language cannot be set for others, as a sentence: one that is refused would silence them. `undefined` when it can. */
export function unknownLanguage(words: Words, codes: readonly string[]): string | undefined {
  const unknown = codes.filter((code) => code !== AUTO && !isKnown(code));
  if (unknown.length === 0) return undefined;
  const shown = unknown.slice(0, SHOWN).map((code) => `\`${code}\``);
  const typed = [...shown, ...(unknown.length > SHOWN ? ['…'] : [])].join(', ');
  return words.t('languages.unknown', { typed, codes: knownCodes() });
}

/** A warning for codes that may be refused; nothing when all are known. */
export function doubtAbout(codes: readonly string[], words: Words): string {
  const unknown = codes.filter((code) => code !== AUTO && !isKnown(code)).map((code) => `\`${code}\``);
  if (unknown.length === 0) return '';
  return words.t('languages.doubt', { codes: unknown.join(', '), count: unknown.length });
}

/** Something was asked for too often. @param againMs - when it is possible again, in milliseconds since 1970 */
export function tooSoon(words: Words, againMs: number): string {
  return words.t('common.again', { when: momentAway(againMs) });
}

/** As Discord shows it: “in 20 seconds”. */
export function momentAway(atMs: number): string {
  return `<t:${Math.ceil(atMs / 1_000)}:R>`;
}

/** Sentences on lines of their own; empty ones vanish. */
export function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}
