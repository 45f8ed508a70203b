/** The languages the bot itself speaks, by Discord's names for them; the first serves where none of the others fits. */
export const LOCALES = ['en-US', 'es-ES', 'fr', 'de', 'ja', 'pt-BR'] as const;
export type Locale = (typeof LOCALES)[number];

/** What Discord calls a language that we speak under another name too: registered commands carry these as well. */
export const RELATED: Readonly<Record<string, Locale>> = { 'en-GB': 'en-US', 'es-419': 'es-ES' };

/** The nearest we speak to a locale of Discord's (`es-419`) or any BCP 47 tag. */
export function localeFor(wanted: string): Locale {
  return spokenLocale(wanted) ?? 'en-US';
}

/** The same, `undefined` where we speak no form of the language. */
export function spokenLocale(wanted: string): Locale | undefined {
  const exact = LOCALES.find((locale) => locale.toLowerCase() === wanted.toLowerCase());
  if (exact) return exact;
  const [language] = wanted.toLowerCase().split('-');
  return LOCALES.find((locale) => locale.split('-')[0] === language);
}
