import { createHash, randomBytes } from 'node:crypto';
import type { GuildId, MeetingId, SpeakerId } from '../../core/ids.ts';

/** The member that a link was made for, and the meeting that it shows. */
export interface Guest {
  readonly guildId: GuildId;
  readonly meetingId: MeetingId;
  readonly userId: SpeakerId;
}

/** A key that is valid. */
export interface Pass {
  readonly guest: Guest;
  readonly untilMs: number; // since 1970
  /** Aborted when the link expires or is closed. */
  readonly over: AbortSignal;
  /** Counts a visit. @returns whether it is allowed: there were not too many recently */
  visit(): boolean;
}

/** How many links may exist, and for how long. */
interface LinkLimits {
  readonly livesMs: number;
  readonly perGuest: number;
  readonly perGuild: number;
  readonly inAll: number;
}

const LIMITS: LinkLimits = {
  livesMs: 12 * 60 * 60_000, // longer than meetings last; the button gives another link
  perGuest: 5, // a telephone, a tablet, some computers
  perGuild: 1_000,
  inAll: 10_000,
};
const KEY_BYTES = 32;
const VISITS_AT_ONCE = 30; // requests for pages and streams with one key
const VISIT_EVERY_MS = 1_000; // allows one more visit

/**
 * Links to live pages: unguessable, made for one member and one meeting, and valid for a while.
 *
 * Only their hashes are kept, in memory, so a restart ends them. When there are too many, the oldest one ends: of the
 * same member, else of the same server, else of the server that has most. No server's links end because of what another
 * does.
 */
export class LiveLinks {
  readonly #publicUrl: string;
  readonly #limits: LinkLimits;
  readonly #keys = new Map<string, Key>(); // by their hashes, the oldest first
  readonly #byGuild = new Map<GuildId, Set<Key>>(); // likewise

  /** @param publicUrl - where people reach our pages */
  constructor(publicUrl: string, limits: Partial<LinkLimits> = {}) {
    this.#publicUrl = publicUrl.replace(/\/+$/, '');
    this.#limits = { ...LIMITS, ...limits };
  }

  /** Makes a new address. Up to five earlier ones of the same guest go on working. */
  invite(guest: Guest): string {
    const { livesMs, perGuest, perGuild, inAll } = this.#limits;
    const earlier = this.#keysOf(guest);
    if (earlier.length >= perGuest) this.#end(earlier[0]);
    if ((this.#byGuild.get(guest.guildId)?.size ?? 0) >= perGuild) this.#end(oldest(this.#byGuild.get(guest.guildId)));
    if (this.#keys.size >= inAll) this.#end(oldest(this.#largest()));
    const secret = randomBytes(KEY_BYTES).toString('base64url');
    const key: Key = new Key(hashOf(secret), guest, livesMs, () => this.#end(key));
    this.#keys.set(key.hash, key);
    this.#byGuild.set(guest.guildId, (this.#byGuild.get(guest.guildId) ?? new Set()).add(key));
    return `${this.#publicUrl}/live/${encodeURIComponent(guest.meetingId)}?key=${secret}`;
  }

  /** The pass of a secret; `undefined` when it is unknown, of another meeting, closed, or expired. */
  passOf(meetingId: MeetingId, secret: string): Pass | undefined {
    const key = this.#keys.get(hashOf(secret));
    if (key?.guest.meetingId !== meetingId) return undefined;
    if (key.untilMs > Date.now()) return key;
    this.#end(key); // the clock was put forward, or the machine slept, so the timer has not fired
    return undefined;
  }

  /** Ends all links of one member to one meeting, and the pages that they opened. @returns how many */
  close(guest: Guest): number {
    return this.#endAll(this.#keysOf(guest));
  }

  /** Ends all links to one meeting, of all members. @returns how many */
  closeAll({ guildId, meetingId }: Omit<Guest, 'userId'>): number {
    return this.#endAll([...(this.#byGuild.get(guildId) ?? [])].filter(({ guest }) => guest.meetingId === meetingId));
  }

  #keysOf({ guildId, meetingId, userId }: Guest): readonly Key[] {
    return [...(this.#byGuild.get(guildId) ?? [])].filter(
      ({ guest }) => guest.meetingId === meetingId && guest.userId === userId,
    );
  }

  #largest(): ReadonlySet<Key> | undefined {
    let largest: ReadonlySet<Key> | undefined;
    for (const keys of this.#byGuild.values()) if (keys.size > (largest?.size ?? 0)) largest = keys;
    return largest;
  }

  #endAll(keys: readonly Key[]): number {
    for (const key of keys) this.#end(key);
    return keys.length;
  }

  #end(key: Key | undefined): void {
    if (!key || !this.#keys.delete(key.hash)) return;
    const guildKeys = this.#byGuild.get(key.guest.guildId);
    guildKeys?.delete(key);
    if (guildKeys?.size === 0) this.#byGuild.delete(key.guest.guildId);
    key.end();
  }
}

class Key implements Pass {
  readonly hash: string;
  readonly guest: Guest;
  readonly untilMs: number;
  readonly #over = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #visits = 0;
  #countedMs = performance.now();

  constructor(hash: string, guest: Guest, livesMs: number, timeIsOver: () => void) {
    this.hash = hash;
    this.guest = guest;
    this.untilMs = Date.now() + livesMs;
    this.#timer = setTimeout(timeIsOver, livesMs).unref();
  }

  get over(): AbortSignal {
    return this.#over.signal;
  }

  visit(): boolean {
    const nowMs = performance.now();
    this.#visits = Math.max(0, this.#visits - (nowMs - this.#countedMs) / VISIT_EVERY_MS);
    this.#countedMs = nowMs;
    if (this.#visits >= VISITS_AT_ONCE) return false;
    this.#visits += 1;
    return true;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#over.abort();
  }
}

function oldest(keys: ReadonlySet<Key> | undefined): Key | undefined {
  const [first] = keys ?? [];
  return first;
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
