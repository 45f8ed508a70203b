import { escapeInline } from '../src/discord/escape.ts';
import { isKnown, KNOWN_LANGUAGES } from '../src/discord/languages.ts';

/** Something was typed that is no language. */
export function unreadableLanguage(...typed: readonly string[]): string {
  const words = typed.map((item) => `“${escapeInline(item.slice(0, 60))}”`).join(', ');
  const codes = KNOWN_LANGUAGES.map(({ code }) => `\`${code}\``).join(', ');
  return `I cannot read ${words} as a language: give codes like ${codes}, or names like Spanish. Nothing was changed.`;
}

/** A warning for codes that may be refused; nothing when all are known. */
export function doubtAbout(codes: readonly string[]): string {
  const unknown = codes.filter((code) => code !== 'auto' && !isKnown(code)).map((code) => `\`${code}\``);
  if (unknown.length === 0) return '';
  const them = unknown.length === 1 ? 'is' : 'are';
  return `${unknown.join(', ')} ${them} not known to be supported: if the recogniser refuses, I say so in the transcript.`;
}

/** Sentences on lines of their own; empty ones vanish. */
export function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}
