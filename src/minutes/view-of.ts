import type { GuildSettings } from '../core/settings.ts';
import { localeFor } from '../i18n/locales.ts';
import type { View } from './model/minutes-model.ts';

/** How a server wants its minutes shown. @param locale - of headings and notes: the reader's, as Discord reports it */
export function viewOf({ timeZone, glossary }: GuildSettings, locale: string): Omit<View, 'language'> {
  return { locale: localeFor(locale), ...(timeZone !== undefined && { timeZone }), ...(glossary && { glossary }) };
}
