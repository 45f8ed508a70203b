import { createHash } from 'node:crypto';
import { getCookie } from 'hono/cookie';
import type { MeetingId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { Guest, LiveLinks, Pass } from '../../core/ports/live-links.ts';
import type { PageContext as Context } from '../server.ts';

/** `unknown yet`: it cannot be looked up, as that is in a database that is away. */
export type FoundPass = Pass | 'unknown yet' | undefined;

interface PassParts {
  readonly links: Pick<LiveLinks, 'passOf'>;
  /** Knows who has signed in, and which meetings may be theirs; missing: nobody can sign in. */
  readonly members?: { passOf(context: Context, meetingId: MeetingId): Promise<FoundPass> };
  readonly log: Log;
}

/** Finds out whose page a browser asks for: by the link that it has, or by who has signed in there. */
export class Passes {
  readonly #parts: PassParts;

  constructor(parts: PassParts) {
    this.#parts = parts;
  }

  /** Whether somebody may get a pass by signing in. */
  get takesMembers(): boolean {
    return this.#parts.members !== undefined;
  }

  /** @param key - in the address; missing: the browser has a cookie, of a link or of a member */
  async passIn(context: Context, key?: string, shows?: Guest['shows']): Promise<FoundPass> {
    const ofLink = await this.#passOfLink(context, key, shows);
    if (ofLink || key !== undefined || shows !== undefined) return ofLink;
    return await this.#parts.members?.passOf(context, meetingIn(context));
  }

  async #passOfLink(
    context: Context,
    key = getCookie(context, cookieNameOf(meetingIn(context))),
    shows?: Guest['shows'],
  ): Promise<FoundPass> {
    if (key === undefined) return undefined;
    try {
      const pass = await this.#parts.links.passOf(meetingIn(context), key, shows);
      context.env.key = pass ? 'right' : 'wrong';
      return pass;
    } catch (error) {
      this.#parts.log.warn({ err: error }, 'A link to a live page could not be looked up');
      return 'unknown yet';
    }
  }
}

/** The meeting whose page is asked for. */
export function meetingIn(context: Context): MeetingId {
  return context.req.param('meeting') ?? '';
}

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
