import type { Translation } from '../phrases.ts';
import { common } from './common.ts';
import { router } from './router.ts';
import { settings } from './settings.ts';

export const ja: Translation = { common, router, settings };
