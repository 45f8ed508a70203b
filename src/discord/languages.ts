export interface KnownLanguage {
  readonly code: string;
  readonly english: string;
  readonly native: string;
}

/** What the recogniser is known to understand and to translate into. Its server has the last word. */
export const KNOWN_LANGUAGES: readonly KnownLanguage[] = [
  { code: 'ar', english: 'Arabic', native: 'العربية' },
  { code: 'de', english: 'German', native: 'Deutsch' },
  { code: 'en', english: 'English', native: 'English' },
  { code: 'es', english: 'Spanish', native: 'Español' },
  { code: 'fr', english: 'French', native: 'Français' },
  { code: 'hi', english: 'Hindi', native: 'हिन्दी' },
  { code: 'it', english: 'Italian', native: 'Italiano' },
  { code: 'ja', english: 'Japanese', native: '日本語' },
  { code: 'ko', english: 'Korean', native: '한국어' },
  { code: 'nl', english: 'Dutch', native: 'Nederlands' },
  { code: 'pt', english: 'Portuguese', native: 'Português' },
  { code: 'ru', english: 'Russian', native: 'Русский' },
  { code: 'zh', english: 'Chinese', native: '中文' },
];

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

/** The code for what somebody typed: a code, or a name in English or its own language. */
export function readLanguage(typed: string): string | undefined {
  const wanted = fold(typed);
  const known = KNOWN_LANGUAGES.find((language) => namesOf(language).includes(wanted));
  if (known) return known.code;
  const code = typed.trim().toLowerCase().replaceAll('_', '-');
  return WELL_FORMED.test(code) ? code : undefined;
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
    else if (codes.includes(code)) duplicates.push(code);
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

/** For people: `Spanish`; a code that has no name stays a code. */
export function nameOf(code: string): string {
  if (code === AUTO) return 'any language (detected)';
  const known = KNOWN_LANGUAGES.find((language) => language.code === code);
  return known?.english ?? code;
}

/** For people: `Spanish, French and German`. */
export function namesList(codes: readonly string[]): string {
  const names = codes.map(nameOf);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

export interface LanguageChoice {
  readonly name: string;
  readonly value: string;
}

/** Suggestions for one language, best first. */
export function suggestLanguage(typed: string): LanguageChoice[] {
  return matching(typed).map((language) => ({ name: labelOf(language), value: language.code }));
}

/** Suggestions for a list: each completes the item being typed and keeps what stands before it. */
export function suggestLanguages(typed: string): LanguageChoice[] {
  const cut = Math.max(typed.lastIndexOf(','), typed.lastIndexOf(';'));
  const before = readLanguages(typed.slice(0, Math.max(cut, 0))).codes;
  const fresh = matching(typed.slice(cut + 1)).filter(({ code }) => !before.includes(code));
  return fresh.map((language) => ({
    name: [...before.map(nameOf), labelOf(language)].join(', ').slice(0, 100),
    value: [...before, language.code].join(','),
  }));
}

function matching(typed: string): KnownLanguage[] {
  const wanted = fold(typed);
  const rank = (language: KnownLanguage) => {
    const names = namesOf(language);
    if (names[0] === wanted) return 0;
    return names.some((name) => name.startsWith(wanted)) ? 1 : 2;
  };
  return KNOWN_LANGUAGES.filter((language) => namesOf(language).some((name) => name.includes(wanted))).sort(
    (a, b) => rank(a) - rank(b) || a.english.localeCompare(b.english, 'en'),
  );
}

function labelOf({ english, native, code }: KnownLanguage): string {
  return english === native ? `${english} (${code})` : `${english} – ${native} (${code})`;
}

function namesOf({ code, english, native }: KnownLanguage): string[] {
  return [code, fold(english), fold(native)];
}

/** Case and accents do not matter. */
function fold(text: string): string {
  return text.trim().normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
