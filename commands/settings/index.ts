import { audioChannels } from './audio-channels.ts';
import { minutesChannel, transcriptChannel } from './channel-settings.ts';
import type { Setting } from './setting.ts';
import { style } from './style.ts';

/** Everything a server can choose with `/settings set`, in the order in which it is shown. */
export const SETTINGS: readonly Setting[] = [transcriptChannel, minutesChannel, audioChannels, style];
