import { createHash } from 'node:crypto';
import type { MeetingId } from '../../core/ids.ts';
import type { Pass } from './links.ts';

/**
 * The name of a meeting's cookie: each has its own, so that one browser reads several.
 *
 * `__Host-` has the browser take it over TLS only (or from this very machine), for this host alone, and not from another.
 */
export function cookieNameOf(meetingId: MeetingId): string {
  return `__Host-live-${createHash('sha256').update(meetingId).digest('hex').slice(0, 16)}`;
}

/**
 * What a key is exchanged for, so that it does not stay in the address.
 *
 * `Lax`: `Strict` would not be sent behind the link, as it is pressed on Discord's pages.
 */
export function cookieFor(pass: Pass, secret: string): string {
  const seconds = Math.max(0, Math.ceil((pass.untilMs - Date.now()) / 1_000));
  const name = cookieNameOf(pass.guest.meetingId);
  return `${name}=${secret}; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Lax`;
}
