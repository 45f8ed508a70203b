import type { CommandPhrases, CommandTranslations } from '../command-names.ts';
import { LOCALES, type Locale } from '../locales.ts';
import { catchUp } from './catch-up.ts';
import { language } from './language.ts';
import { minutes } from './minutes.ts';
import { privacy } from './privacy.ts';
import { settings } from './settings.ts';
import { settingsOfMinutes } from './settings-of-minutes.ts';
import { transcribe } from './transcribe.ts';
import { transcribeAudio } from './transcribe-audio.ts';
import { translate } from './translate.ts';
import { usage } from './usage.ts';

/** What every command is called and said to do; English stands in the commands themselves. */
const ALL: readonly CommandTranslations[] = [
  catchUp,
  language,
  minutes,
  privacy,
  settings,
  settingsOfMinutes,
  transcribe,
  transcribeAudio,
  translate,
  usage,
];

/** By locale; for English there is nothing to say. */
export const COMMAND_PHRASES: ReadonlyMap<Locale, CommandPhrases> = new Map(
  LOCALES.map((locale) => [
    locale,
    locale === 'en-US' ? {} : Object.assign({}, ...ALL.map((translations) => translations[locale])),
  ]),
);
