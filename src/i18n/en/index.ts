import { audio } from './audio.ts';
import { common } from './common.ts';
import { errors } from './errors.ts';
import { notices } from './notices.ts';
import { panel } from './panel.ts';
import { posting } from './posting.ts';
import { router } from './router.ts';
import { settings } from './settings.ts';

/** English, the pattern for the others. In ICU's message format: an apostrophe is ’, as ' would quote. */
export const en = {
  audio,
  common,
  errors,
  notices,
  panel,
  posting,
  router,
  settings,
};
