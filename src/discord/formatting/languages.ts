import { sameLanguage } from '../../core/text/language.ts';
import { LOCALES } from '../../i18n/locales.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';

export interface KnownLanguage {
  readonly code: string;
  readonly native: string;
}

/** Languages that the recogniser is known to understand and to translate into. Its server has the last word. */
export const KNOWN_LANGUAGES: readonly KnownLanguage[] = [
  { code: 'ar', native: 'العربية' },
  { code: 'de', native: 'Deutsch' },
  { code: 'en', native: 'English' },
  { code: 'es', native: 'Español' },
  { code: 'fr', native: 'Français' },
  { code: 'hi', native: 'हिन्दी' },
  { code: 'it', native: 'Italiano' },
  { code: 'ja', native: '日本語' },
  { code: 'ko', native: '한국어' },
  { code: 'nl', native: 'Nederlands' },
  { code: 'pt', native: 'Português' },
  { code: 'ru', native: 'Русский' },
  { code: 'zh', native: '中文' },
];

/**
 * The most languages that a meeting can be translated into: all that the recogniser knows, without the spoken one.
 *
 * The recogniser's documentation names no number, and it refuses everything when it does not know one code.
 */
export const MOST_TARGETS = KNOWN_LANGUAGES.length - 1;

/** Lets the recogniser detect the language. */
export const AUTO = 'auto';

/** Two or three letters, then parts of two to eight: `en`, `pt-br`, `zh-hant`. */
const WELL_FORMED = /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/;

export interface Reading {
  readonly codes: readonly string[]; // each once, in the order given
  readonly duplicates: readonly string[]; // codes
  readonly unknown: readonly string[]; // codes that are well formed, but not known to be supported
  readonly unreadable: readonly string[]; // what was typed
}

/** The code of a language from what somebody typed: a code, or its name in any language of the bot or in its own. */
export function readLanguage(typed: string): string | undefined {
  const wanted = fold(typed);
  const known = KNOWN_LANGUAGES.find((language) => namesOf(language).includes(wanted));
  if (known) return known.code;
  const code = typed.trim().toLowerCase().replaceAll('_', '-');
  return WELL_FORMED.test(code) ? code : undefined;
}

/** The native name of a language; its code when the name is not known. */
export function nativeName(code: string): string {
  return KNOWN_LANGUAGES.find((language) => language.code === code)?.native ?? code;
}

export function isKnown(code: string): boolean {
  return KNOWN_LANGUAGES.some((language) => language.code === code);
}

/** Reads a list like `es, french`. Commas separate languages; spaces do, too, unless the whole is one name. */
export function readLanguages(typed: string): Reading {
  const codes: string[] = [];
  const duplicates: string[] = [];
  const unreadable: string[] = [];
  for (const item of itemsOf(typed)) {
    const code = readLanguage(item);
    if (code === undefined) unreadable.push(item);
    else if (codes.some((one) => sameLanguage(one, code))) duplicates.push(code);
    else codes.push(code);
  }
  return { codes, duplicates: [...new Set(duplicates)], unknown: codes.filter((code) => !isKnown(code)), unreadable };
}

function itemsOf(typed: string): string[] {
  return typed.split(/[,;،、，]/).flatMap((item) => {
    const whole = item.trim();
    if (whole === '') return [];
    return readLanguage(whole) === undefined ? whole.split(/\s+/) : [whole];
  });
}

export interface LanguageChoice {
  readonly name: string;
  readonly value: string;
}

/** Suggestions for one language, best first. */
export function suggestLanguage(typed: string, words: Words): LanguageChoice[] {
  return matching(typed, words).map((language) => ({ name: labelOf(language, words), value: language.code }));
}

/** Suggestions for a list: each completes the last item and keeps the items before it. */
export function suggestLanguages(typed: string, words: Words): LanguageChoice[] {
  const cut = Math.max(typed.lastIndexOf(','), typed.lastIndexOf(';'));
  const before = readLanguages(typed.slice(0, Math.max(cut, 0))).codes;
  const fresh = matching(typed.slice(cut + 1), words).filter(({ code }) => !before.includes(code));
  return fresh.map((language) => ({
    name: [...before.map(words.language), labelOf(language, words)].join(', ').slice(0, 100),
    value: [...before, language.code].join(','),
  }));
}

function matching(typed: string, words: Words): KnownLanguage[] {
  const wanted = fold(typed);
  const rank = (language: KnownLanguage) => {
    const names = namesOf(language);
    if (names[0] === wanted) return 0;
    return names.some((name) => name.startsWith(wanted)) ? 1 : 2;
  };
  return KNOWN_LANGUAGES.filter((language) => namesOf(language).some((name) => name.includes(wanted))).sort(
    (a, b) => rank(a) - rank(b) || words.language(a.code).localeCompare(words.language(b.code), words.locale),
  );
}

function labelOf({ native, code }: KnownLanguage, words: Words): string {
  const name = words.language(code);
  return fold(name) === fold(native) ? `${name} (${code})` : `${name} – ${native} (${code})`;
}

/** The code of a language, then its native name, then its name in every language of the bot. */
function namesOf({ code, native }: KnownLanguage): string[] {
  const known = names.get(code) ?? [
    code,
    fold(native),
    ...LOCALES.map((locale) => fold(wordsFor(locale).language(code))),
  ];
  names.set(code, known);
  return known;
}
const names = new Map<string, string[]>();

/** Ignores case and accents. */
function fold(text: string): string {
  return text.trim().normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
