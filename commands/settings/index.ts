import { audioChannels } from './audio-channels.ts';
import { minutesChannel, transcriptChannel } from './channel-settings.ts';
import { glossary } from './glossary.ts';
import type { SettingsPart } from './part.ts';
import type { Setting } from './setting.ts';
import { style } from './style.ts';
import { timeZone } from './time-zone.ts';
import { webhook } from './webhook.ts';

/** Everything a server can choose with `/settings set`, in the order in which it is shown. */
export const SETTINGS: readonly Setting[] = [transcriptChannel, minutesChannel, audioChannels, style, timeZone];

/** What has a subcommand of its own. */
export const PARTS: readonly SettingsPart[] = [glossary, webhook];
