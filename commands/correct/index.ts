import type { ParleyControl } from '../shared/context.ts';
import { termButton } from './offer.ts';
import { lineMenu } from './pick.ts';
import { correctionForm } from './send.ts';

/** The menu, the form and the button that follow `Correct`. */
export const correctControls: readonly ParleyControl[] = [lineMenu, correctionForm, termButton];
