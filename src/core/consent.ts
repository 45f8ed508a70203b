import type { GuildSettings, MemberSettings } from './settings.ts';

/** Whether somebody is heard, and if not, why not. */
export type Consent =
  | 'heard'
  | 'opted out' // their own wish
  | 'not opted in' // the server hears only people who opted in
  | 'not informed'; // they can read nowhere that they are transcribed

/** A no counts everywhere; silence counts as a yes unless the server hears only people who opted in. */
export function consentOf(
  { optedOut, optedIn = false }: MemberSettings,
  { optInOnly = false }: Pick<GuildSettings, 'optInOnly'>,
): Consent {
  if (optedOut) return 'opted out';
  return optInOnly && !optedIn ? 'not opted in' : 'heard';
}
