import type { Unheard } from '../../../../core/live/unheard.ts';

/** Why nobody at all is heard. */
export type NobodyHeard = Extract<Unheard, 'deafened' | 'voiceLost' | 'paused'>;

const OF_ALL: readonly Unheard[] = ['deafened', 'voiceLost', 'paused'] satisfies readonly NobodyHeard[];

/** Whether a reason is that of everybody: then it is said once, and not with each person. */
export function concernsAll(unheard: Unheard | undefined): unheard is NobodyHeard {
  return unheard !== undefined && OF_ALL.includes(unheard);
}
