import type { GuildSettings, TranscriptStyle } from '../../src/core/settings.ts';
import type { Setting } from './setting.ts';

const NAME = 'style';
const STYLES = ['grow', 'finals', 'digest'] as const satisfies readonly TranscriptStyle[];
const LABELS: Readonly<Record<TranscriptStyle, string>> = {
  grow: 'messages that grow while people speak',
  finals: 'finished sentences only',
  digest: 'a compact digest every few seconds',
};

export const style: Setting = {
  name: NAME,
  addTo(set) {
    set.addStringOption((option) =>
      option
        .setName(NAME)
        .setDescription('How transcripts are written')
        .addChoices(...STYLES.map((value) => ({ name: LABELS[value], value }))),
    );
  },
  read(ask) {
    const chosen = STYLES.find((value) => value === ask.options.getString(NAME));
    return chosen && { change: { style: chosen } };
  },
  reset: { style: undefined },
  show: ({ style: chosen = 'grow' }: GuildSettings, words) =>
    words.t('settings.style', { style: words.t(`settings.${chosen}`) }),
};
