import { IntlMessageFormat } from 'intl-messageformat';
import { COMMAND_PHRASES } from './commands/index.ts';
import { commandNames, withCommandNames } from './commands/names.ts';
import { type Locale, localeFor } from './locales.ts';
import type { PhraseKey } from './phrases.ts';
import { TRANSLATIONS } from './translations.ts';

type Values = Readonly<Record<string, string | number>>;

/** The bot's own sentences in one language. */
export interface Words {
  readonly locale: Locale;
  /**
   * The phrase with its values put in, as they are: whoever gives a name or a spoken word makes it safe for where the
   * phrase will stand. Commands in backticks (`/transcribe stop`) get their local names.
   *
   * @throws when a value that the phrase needs is missing
   */
  t(key: PhraseKey, values?: Values): string;
  /** `es` -> `Spanish`; `auto` -> what stands for finding out; a code without a name stays a code. */
  language(code: string): string;
  /** `a, b and c`. */
  list(items: readonly string[]): string;
}

const made = new Map<Locale, Words>();

/** The words for a reader. @param locale - Discord's, as `interaction.locale` or `guild.preferredLocale` give it */
export function wordsFor(locale: string): Words {
  const nearest = localeFor(locale);
  const words = made.get(nearest) ?? makeWords(nearest);
  made.set(nearest, words);
  return words;
}

function makeWords(locale: Locale): Words {
  const phrases = TRANSLATIONS[locale];
  const commands = commandNames(COMMAND_PHRASES[locale]);
  const compiled = new Map<PhraseKey, IntlMessageFormat>();
  const languages = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' });
  // Our English has no comma before the last `and`, as British English has none.
  const lists = new Intl.ListFormat(locale === 'en-US' ? 'en-GB' : locale, { type: 'conjunction' });

  const compile = (key: PhraseKey): IntlMessageFormat => {
    const [area, name] = key.split('.');
    const texts: Readonly<Record<string, Readonly<Record<string, string>>>> = phrases;
    const text = texts[area ?? '']?.[name ?? ''] ?? key; // the type of a key leaves nothing to miss
    // `<#1>` and `<t:1>` are Discord's, not tags.
    const format = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
    compiled.set(key, format);
    return format;
  };
  const t = (key: PhraseKey, values?: Values): string =>
    withCommandNames(String((compiled.get(key) ?? compile(key)).format({ ...values })), commands);

  return {
    locale,
    t,
    language: (code) => (code === 'auto' ? t('common.anyLanguage') : languageName(languages, code)),
    list: (items) => lists.format(items),
  };
}

function languageName(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code; // people may type anything that looks like a code; what is none has no name
  }
}
