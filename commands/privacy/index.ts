import type { ParleyControl } from '../context.ts';
import { hearMe } from './choose.ts';

/** The buttons by which people use their rights. */
export const privacyControls: readonly ParleyControl[] = [hearMe];
