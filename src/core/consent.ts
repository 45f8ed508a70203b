import type { GuildSettings, MemberSettings } from './settings.ts';

/** Whether somebody is heard, and if not, why not. */
export type Consent =
  | 'heard'
  | 'opted out' // their own wish
  | 'not opted in' // the server hears only people who said yes
  | 'not informed'; // they can read nowhere that they are transcribed

/** Saying no counts everywhere; saying nothing is a yes only where the server says so. */
export function consentOf(
  { optedOut, optedIn = false }: MemberSettings,
  { optInOnly = false }: Pick<GuildSettings, 'optInOnly'>,
): Consent {
  if (optedOut) return 'opted out';
  return optInOnly && !optedIn ? 'not opted in' : 'heard';
}
