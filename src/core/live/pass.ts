import { createHash, randomBytes } from 'node:crypto';
import type { Guest, LinkLimits, Pass } from '../ports/live-links.ts';
import { Visits } from './visits.ts';

export const LINK_LIMITS: LinkLimits = {
  livesMs: 12 * 60 * 60_000, // longer than meetings last; the button gives another link
  perGuest: 5, // a telephone, a tablet, some computers
  perGuild: 1_000,
  inAll: 10_000,
};
const KEY_BYTES = 32;

/** A new key. Only its hash is kept, so nobody who reads what we keep can open a page. */
export function newSecret(): string {
  return randomBytes(KEY_BYTES).toString('base64url');
}

/**
 * The hash under which a key is kept. It depends on what the link shows, so that an overlay's key, which others may read off
 * a screen, opens no live page.
 */
export function hashOf(secret: string, shows?: Guest['shows']): Buffer {
  return createHash('sha256')
    .update(shows === undefined ? secret : `${shows}:${secret}`)
    .digest();
}

/** @param publicUrl - where people reach our pages */
export function addressOf(publicUrl: string, { meetingId, shows }: Guest, secret: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/${shows ?? 'live'}/${encodeURIComponent(meetingId)}?key=${secret}`;
}

/** The pass of one link, as this process knows it. */
export class LivePass implements Pass {
  readonly guest: Guest;
  readonly untilMs: number;
  readonly #over = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #visits = new Visits();

  /** @param timeIsOver - called when the link expires */
  constructor(guest: Guest, livesMs: number, timeIsOver: () => void) {
    this.guest = guest;
    this.untilMs = Date.now() + livesMs;
    this.#timer = setTimeout(timeIsOver, livesMs).unref();
  }

  get over(): AbortSignal {
    return this.#over.signal;
  }

  visit(): boolean {
    return this.#visits.visit();
  }

  /** Ends the link here: the pages that it opened end. */
  end(): void {
    clearTimeout(this.#timer);
    this.#over.abort();
  }
}
