import { sameLanguage } from '../../core/text/language.ts';
import { LOCALES } from '../../i18n/locales.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';

export interface KnownLanguage {
  readonly code: string;
  readonly native: string;
}

/** What the recogniser is known to understand and to translate into. Its server has the last word. */
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
 * Into so many languages a meeting may be translated: all that the recogniser knows but the one that is spoken.
 *
 * Its document names no number, and a code that it does not know is refused together with everything else.
 */
export const MOST_TARGETS = KNOWN_LANGUAGES.length - 1;

/** Let the recogniser find out by itself. */
export const AUTO = 'auto';

/** Two or three letters, then parts of two to eight: `en`, `pt-br`, `zh-hant`. */
const WELL_FORMED = /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/;

export interface Reading {
  readonly codes: readonly string[]; // each once, in the order given
  readonly duplicates: readonly string[]; // codes
  readonly unknown: readonly string[]; // codes that are well formed, but not known to be supported
  readonly unreadable: readonly string[]; // what was typed
}

/** The code for what somebody typed: a code, or a name in any language that the bot speaks, or in its own. */
export function readLanguage(typed: string): string | undefined {
  const wanted = fold(typed);
  const known = KNOWN_LANGUAGES.find((language) => namesOf(language).includes(wanted));
  if (known) return known.code;
  const code = typed.trim().toLowerCase().replaceAll('_', '-');
  return WELL_FORMED.test(code) ? code : undefined;
}

/** What those who read it call a language; its code where that is not known. */
export function nativeName(code: string): string {
  return KNOWN_LANGUAGES.find((language) => language.code === code)?.native ?? code;
}

export function isKnown(code: string): boolean {
  return KNOWN_LANGUAGES.some((language) => language.code === code);
}

/** Reads a list like `es, french`. Commas separate; spaces do too where the whole is no name. */
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

/** Suggestions for a list: each completes the item being typed and keeps what stands before it. */
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

/** Its code first, then what it is called in itself and in every language the bot speaks. */
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

/** Case and accents do not matter. */
function fold(text: string): string {
  return text.trim().normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
