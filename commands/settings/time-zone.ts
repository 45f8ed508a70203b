import { readTimeZone } from '../../src/core/time/time-zone.ts';
import { escapeInline } from '../../src/discord/formatting/escape.ts';
import type { Setting } from './setting.ts';

const NAME = 'time-zone';

/** The time zone of the times in minutes. */
export const timeZone: Setting = {
  name: NAME,
  addTo(set) {
    set.addStringOption((zone) =>
      zone
        .setName(NAME)
        .setDescription('The time zone of dates and times in minutes, like Europe/Berlin')
        .setMaxLength(50),
    );
  },
  read(ask, words) {
    const typed = ask.options.getString(NAME);
    if (typed === null) return undefined;
    const zone = readTimeZone(typed);
    return zone === undefined
      ? { problem: words.t('ofMinutes.noTimeZone', { typed: escapeInline(typed) }) }
      : { change: { timeZone: zone } };
  },
  reset: { timeZone: undefined },
  show: ({ timeZone: zone = 'UTC' }, words) => words.t('ofMinutes.timeZone', { zone }),
};
