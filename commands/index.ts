import type { ParleyCommand } from './context.ts';
import { language } from './language.ts';
import { minutes } from './minutes.ts';
import { privacy } from './privacy.ts';
import { settings } from './settings.ts';
import { transcribe } from './transcribe.ts';
import { translate } from './translate.ts';

/** Every slash command there is. */
export const commands: readonly ParleyCommand[] = [transcribe, translate, language, minutes, settings, privacy];
