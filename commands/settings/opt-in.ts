import type { Setting } from './setting.ts';

const NAME = 'opt-in';

/** Whether only people who have said yes are heard. */
export const optIn: Setting = {
  name: NAME,
  addTo(set) {
    set.addBooleanOption((option) =>
      option
        .setName(NAME)
        .setDescription('Hear only people who have said yes, with the Hear me button or /privacy opt-in'),
    );
  },
  read(ask) {
    const optInOnly = ask.options.getBoolean(NAME);
    return optInOnly === null ? undefined : { change: { optInOnly } };
  },
  reset: { optInOnly: undefined },
  show({ optInOnly = false }, words) {
    return words.t('settings.optIn', { who: words.t(optInOnly ? 'settings.onlyYes' : 'settings.everybody') });
  },
};
