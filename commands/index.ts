import { localised } from '../src/i18n/commands/localised-definition.ts';
import { apiControls } from './api/list.ts';
import { api } from './api.ts';
import { ask } from './ask.ts';
import { catchUp } from './catch-up.ts';
import { correctControls } from './correct/index.ts';
import { correct } from './correct.ts';
import { language } from './language.ts';
import { listButton } from './minutes/list.ts';
import { minutes } from './minutes.ts';
import { overlay } from './overlay.ts';
import { panelControls } from './panel/index.ts';
import { privacyControls } from './privacy/index.ts';
import { privacy } from './privacy.ts';
import { settings } from './settings.ts';
import type { ParleyCommand, ParleyControl, ParleyMessageCommand, ParleyMessageOpener } from './shared/context.ts';
import { transcribe } from './transcribe.ts';
import { transcribeAudio } from './transcribe-audio.ts';
import { translate } from './translate.ts';
import { usage } from './usage.ts';

/** All commands: slash commands, and entries in the menu of messages. */
export const commands: readonly (ParleyCommand | ParleyMessageCommand | ParleyMessageOpener)[] = [
  transcribe,
  translate,
  language,
  catchUp,
  ask,
  overlay,
  minutes,
  settings,
  privacy,
  transcribeAudio,
  correct,
  usage,
  api,
];

/** All buttons, menus and forms. */
export const controls: readonly ParleyControl[] = [
  ...panelControls,
  listButton,
  ...privacyControls,
  ...apiControls,
  ...correctControls,
];

/** The definitions that are registered with Discord, in every language the bot speaks. */
export const definitions = commands.map(({ definition }) => localised(definition));
