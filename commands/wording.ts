import { escapeInline } from '../src/discord/escape.ts';
import { isKnown, KNOWN_LANGUAGES } from '../src/discord/languages.ts';
import type { Words } from '../src/i18n/words.ts';

/** Something was typed that is no language. */
export function unreadableLanguage(words: Words, ...typed: readonly string[]): string {
  const shown = typed.map((item) => `“${escapeInline(item.slice(0, 60))}”`).join(', ');
  const codes = KNOWN_LANGUAGES.map(({ code }) => `\`${code}\``).join(', ');
  return words.t('languages.unreadable', { typed: shown, codes });
}

/** A warning for codes that may be refused; nothing when all are known. */
export function doubtAbout(codes: readonly string[], words: Words): string {
  const unknown = codes.filter((code) => code !== 'auto' && !isKnown(code)).map((code) => `\`${code}\``);
  if (unknown.length === 0) return '';
  return words.t('languages.doubt', { codes: unknown.join(', '), count: unknown.length });
}

/** Sentences on lines of their own; empty ones vanish. */
export function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}
