import type { GuildSettings } from '../../src/core/settings.ts';
import { mayPlaceWords } from '../../src/discord/permissions/where-words-go.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { Setting } from './setting.ts';

type SwitchKey = {
  [K in keyof GuildSettings]-?: GuildSettings[K] extends boolean | undefined ? K : never;
}[keyof GuildSettings];

/** A setting that is on or off. */
function switchSetting(
  name: string,
  description: string,
  key: SwitchKey,
  show: (isOn: boolean | undefined, words: Words) => string,
  others: Pick<Setting, 'mayBeChangedBy'> = {},
): Setting {
  return {
    ...others,
    name,
    addTo(set) {
      set.addBooleanOption((option) => option.setName(name).setDescription(description));
    },
    read(ask) {
      const isOn = ask.options.getBoolean(name);
      return isOn === null ? undefined : { change: { [key]: isOn } };
    },
    reset: { [key]: undefined },
    show: (guild, words) => show(guild[key], words),
  };
}

export const speakerWebhooks: Setting = switchSetting(
  'speaker-webhooks',
  'Write under the name and picture of each speaker, using webhooks',
  'speakerWebhooks',
  (isOn = true, words) =>
    words.t('settings.speakerWebhooks', { choice: words.t(isOn ? 'settings.whereWebhooks' : 'settings.no') }),
);

export const thread: Setting = switchSetting(
  'thread',
  'Write each meeting in a thread of its own',
  'thread',
  (isOn = false, words) => words.t('settings.thread', { choice: words.t(isOn ? 'settings.yes' : 'settings.no') }),
);

export const api: Setting = switchSetting(
  'api',
  'Let members read their meetings with programs, by keys of /api key',
  'api',
  (isOn = true, words) => words.t('settings.api', { choice: words.t(isOn ? 'settings.yes' : 'settings.no') }),
);

export const languageThreads: Setting = switchSetting(
  'language-threads',
  'Write each translation language in a thread of its own',
  'languageThreads',
  (isOn = false, words) =>
    words.t('settings.languageThreads', { choice: words.t(isOn ? 'settings.yes' : 'settings.no') }),
);

/** Whether meetings begin and end with the server's events. */
export const events: Setting = switchSetting(
  'events',
  'Start a meeting when an event in a voice or stage channel starts, and end it with the event',
  'events',
  (isOn = false, words) =>
    words.t('settings.events', { choice: words.t(isOn ? 'settings.eventsLinked' : 'settings.no') }),
  { mayBeChangedBy: mayPlaceWords },
);
