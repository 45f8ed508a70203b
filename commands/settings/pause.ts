import type { GuildSettings, PauseLength } from '../../src/core/settings.ts';
import { PAUSES, pauseLabel } from '../shared/pauses.ts';
import type { Setting } from './setting.ts';

const NAME = 'pause';
const LABELS: Readonly<Record<PauseLength, string>> = {
  quick: 'quick: 0.35 s, for short exchanges',
  normal: 'normal: 0.6 s',
  patient: 'patient: 1.2 s, for people who think while they speak',
};

/** How long somebody is silent before their sentence is over, unless they chose for themselves. */
export const pause: Setting = {
  name: NAME,
  addTo(set) {
    set.addStringOption((option) =>
      option
        .setName(NAME)
        .setDescription('How long somebody is silent before their sentence is over')
        .addChoices(...PAUSES.map((value) => ({ name: LABELS[value], value }))),
    );
  },
  read(ask) {
    const chosen = PAUSES.find((value) => value === ask.options.getString(NAME));
    return chosen && { change: { pause: chosen } };
  },
  reset: { pause: undefined },
  show: ({ pause: chosen = 'normal' }: GuildSettings, words) =>
    words.t('settings.pause', { choice: pauseLabel(chosen, words) }),
};
