import type { Translation } from '../phrases.ts';
import { common } from './common.ts';
import { router } from './router.ts';
import { settings } from './settings.ts';

export const es: Translation = { common, router, settings };
