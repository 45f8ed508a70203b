import type { ParleyControl } from '../shared/context.ts';
import { doNotHearMe, hearMe } from './choose.ts';
import { eraseMe, keepMine } from './forget.ts';

/** The buttons with which people use their rights. */
export const privacyControls: readonly ParleyControl[] = [hearMe, doNotHearMe, eraseMe, keepMine];
