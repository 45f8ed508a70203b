import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { MeetingId } from '../../core/ids.ts';
import type { Pass } from '../../core/ports/live-links.ts';

/**
 * The name of a meeting's cookie. Each meeting has its own, so that one browser can read several.
 *
 * The prefix `__Host-` makes browsers accept the cookie over TLS only (or from this very machine), and bind it to this
 * host.
 */
export function cookieNameOf(meetingId: MeetingId): string {
  return `__Host-live-${createHash('sha256').update(meetingId).digest('hex').slice(0, 16)}`;
}

/**
 * The cookie that replaces a key, so that the key does not stay in the address.
 *
 * It is `Lax`, as browsers would not send a `Strict` cookie after a click on a link in Discord's pages.
 */
function cookieFor(pass: Pass, secret: string): string {
  const seconds = Math.max(0, Math.ceil((pass.untilMs - Date.now()) / 1_000));
  const name = cookieNameOf(pass.guest.meetingId);
  return `${name}=${secret}; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Lax`;
}

/** Takes the key out of the address, so that it stays in no history, and nobody reads it off a screen. */
export function exchange(context: Context, pass: Pass, secret: string): Response {
  context.header('Set-Cookie', cookieFor(pass, secret));
  // The redirect is relative, as a proxy may have put a path before ours.
  return context.redirect(`./${encodeURIComponent(pass.guest.meetingId)}`, 303);
}
