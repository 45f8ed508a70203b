import type { Translation } from '../phrases.ts';
import { access } from './access.ts';
import { announcement } from './announcement.ts';
import { audio } from './audio.ts';
import { catchUp } from './catch-up.ts';
import { common } from './common.ts';
import { consent } from './consent.ts';
import { document } from './document.ts';
import { errors } from './errors.ts';
import { languages } from './languages.ts';
import { live } from './live.ts';
import { minutes } from './minutes.ts';
import { notices } from './notices.ts';
import { ofMinutes } from './of-minutes.ts';
import { overview } from './overview.ts';
import { panel } from './panel.ts';
import { picture } from './picture.ts';
import { posting } from './posting.ts';
import { privacy } from './privacy.ts';
import { router } from './router.ts';
import { settings } from './settings.ts';
import { status } from './status.ts';
import { summary } from './summary.ts';
import { transcribe } from './transcribe.ts';
import { usage } from './usage.ts';

export const de: Translation = {
  access,
  announcement,
  audio,
  catchUp,
  common,
  consent,
  document,
  errors,
  languages,
  live,
  minutes,
  notices,
  ofMinutes,
  overview,
  panel,
  picture,
  posting,
  privacy,
  router,
  settings,
  status,
  summary,
  transcribe,
  usage,
};
