import { allowedChannels } from './allowed-channels.ts';
import { audioChannels } from './audio-channels.ts';
import { autoStart, autoStartPeople } from './auto-start.ts';
import { minutesChannel, transcriptChannel } from './channel-settings.ts';
import { managerRole } from './manager-role.ts';
import { optIn } from './opt-in.ts';
import { glossary } from './parts/glossary.ts';
import type { SettingsPart } from './parts/part.ts';
import { summary } from './parts/summary.ts';
import { webhook } from './parts/webhook.ts';
import { pause } from './pause.ts';
import type { Setting } from './setting.ts';
import { style } from './style.ts';
import { api, events, languageThreads, speakerWebhooks, thread } from './switch-setting.ts';
import { timeZone } from './time-zone.ts';

/** Everything a server can choose with `/settings set`, in the order in which it is shown. */
export const SETTINGS: readonly Setting[] = [
  transcriptChannel,
  minutesChannel,
  audioChannels,
  style,
  speakerWebhooks,
  thread,
  languageThreads,
  timeZone,
  pause,
  optIn,
  allowedChannels,
  autoStart,
  autoStartPeople,
  events,
  managerRole,
  api,
];

/** Settings that have a separate subcommand. */
export const PARTS: readonly SettingsPart[] = [glossary, summary, webhook];
