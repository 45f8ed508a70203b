import { createHash, randomBytes } from 'node:crypto';
import type { GuildId, MeetingId, SpeakerId } from '../../core/ids.ts';

/** For whom a link was made: it shows this meeting to this member. */
export interface Guest {
  readonly guildId: GuildId;
  readonly meetingId: MeetingId;
  readonly userId: SpeakerId;
}

const LIVES_MS = 12 * 60 * 60_000; // longer than meetings last; who wants more presses the button again
const KEY_BYTES = 32;
const MOST = 10_000; // kept at once: the oldest give way

/**
 * Links to live pages: unguessable, one for each member and meeting, for a while.
 *
 * They are kept in memory only, and by their hash: a restart ends them.
 */
export class LiveLinks {
  readonly #publicUrl: string;
  readonly #guests = new Map<string, { readonly guest: Guest; readonly untilMs: number }>();

  /** @param publicUrl - where people reach our pages */
  constructor(publicUrl: string) {
    this.#publicUrl = publicUrl.replace(/\/+$/, '');
  }

  /** A fresh address; those made before for the same guest go on working until their time is over. */
  invite(guest: Guest): string {
    const key = randomBytes(KEY_BYTES).toString('base64url');
    this.#guests.set(hashOf(key), { guest, untilMs: Date.now() + LIVES_MS });
    const [oldest] = this.#guests.keys();
    if (this.#guests.size > MOST && oldest !== undefined) this.#guests.delete(oldest);
    return `${this.#publicUrl}/live/${encodeURIComponent(guest.meetingId)}?key=${key}`;
  }

  /** Whose key this is; `undefined` when it is nobody's, of another meeting, or too old. */
  guestOf(meetingId: MeetingId, key: string): Guest | undefined {
    const hash = hashOf(key);
    const known = this.#guests.get(hash);
    if (!known || known.guest.meetingId !== meetingId) return undefined;
    if (known.untilMs > Date.now()) return known.guest;
    this.#guests.delete(hash);
    return undefined;
  }
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
