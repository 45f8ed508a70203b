import type { Translation } from '../phrases.ts';
import { audio } from './audio.ts';
import { common } from './common.ts';
import { errors } from './errors.ts';
import { notices } from './notices.ts';
import { panel } from './panel.ts';
import { posting } from './posting.ts';
import { router } from './router.ts';
import { settings } from './settings.ts';

export const fr: Translation = {
  audio,
  common,
  errors,
  notices,
  panel,
  posting,
  router,
  settings,
};
