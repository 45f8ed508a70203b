import { createHash, randomBytes } from 'node:crypto';
import type { GuildId, MeetingId, SpeakerId } from '../../core/ids.ts';

/** For whom a link was made: it shows this meeting to this member. */
export interface Guest {
  readonly guildId: GuildId;
  readonly meetingId: MeetingId;
  readonly userId: SpeakerId;
}

/** A key that is in force. */
export interface Pass {
  readonly guest: Guest;
  readonly untilMs: number; // since 1970
  /** Aborted when the time is over, or the link was closed before. */
  readonly over: AbortSignal;
  /** Counts a visit. @returns whether there were not too many of late */
  visit(): boolean;
}

/** How many links there may be, and for how long. */
interface LinkLimits {
  readonly livesMs: number;
  readonly ofGuest: number;
  readonly ofGuild: number;
  readonly ofAll: number;
}

const LIMITS: LinkLimits = {
  livesMs: 12 * 60 * 60_000, // longer than meetings last; who wants more presses the button again
  ofGuest: 5, // a telephone, a tablet, some computers
  ofGuild: 1_000,
  ofAll: 10_000,
};
const KEY_BYTES = 32;
const VISITS_AT_ONCE = 30; // pages and streams that are asked for with one key
const VISIT_EVERY_MS = 1_000; // and one more in each such time

/**
 * Links to live pages: unguessable, one for each member and meeting, for a while.
 *
 * They are kept in memory only, and by their hash: a restart ends them. Where there are too many, the oldest gives way: of the same
 * member, of the same server, and last of the server that has most. Nobody's end because of what another server does.
 */
export class LiveLinks {
  readonly #publicUrl: string;
  readonly #limits: LinkLimits;
  readonly #keys = new Map<string, Key>(); // by their hashes, the oldest first
  readonly #ofGuild = new Map<GuildId, Set<Key>>(); // likewise

  /** @param publicUrl - where people reach our pages */
  constructor(publicUrl: string, limits: Partial<LinkLimits> = {}) {
    this.#publicUrl = publicUrl.replace(/\/+$/, '');
    this.#limits = { ...LIMITS, ...limits };
  }

  /** A fresh address; those made before for the same guest go on working, up to five of them. */
  invite(guest: Guest): string {
    const { livesMs, ofGuest, ofGuild, ofAll } = this.#limits;
    const theirs = this.#keysOf(guest);
    if (theirs.length >= ofGuest) this.#end(theirs[0]);
    if ((this.#ofGuild.get(guest.guildId)?.size ?? 0) >= ofGuild) this.#end(oldest(this.#ofGuild.get(guest.guildId)));
    if (this.#keys.size >= ofAll) this.#end(oldest(this.#largest()));
    const secret = randomBytes(KEY_BYTES).toString('base64url');
    const key: Key = new Key(hashOf(secret), guest, livesMs, () => this.#end(key));
    this.#keys.set(key.hash, key);
    this.#ofGuild.set(guest.guildId, (this.#ofGuild.get(guest.guildId) ?? new Set()).add(key));
    return `${this.#publicUrl}/live/${encodeURIComponent(guest.meetingId)}?key=${secret}`;
  }

  /** What a secret opens; `undefined` when it is nobody's, of another meeting, closed, or too old. */
  passOf(meetingId: MeetingId, secret: string): Pass | undefined {
    const key = this.#keys.get(hashOf(secret));
    if (key?.guest.meetingId !== meetingId) return undefined;
    if (key.untilMs > Date.now()) return key;
    this.#end(key); // the clock was put forward, or the machine slept: no timer said so
    return undefined;
  }

  /** Ends all that one member has of one meeting, and the pages that they opened. @returns how many */
  close(guest: Guest): number {
    return this.#endAll(this.#keysOf(guest));
  }

  /** Ends all of one meeting, whosever they are. @returns how many */
  closeAll({ guildId, meetingId }: Omit<Guest, 'userId'>): number {
    return this.#endAll([...(this.#ofGuild.get(guildId) ?? [])].filter(({ guest }) => guest.meetingId === meetingId));
  }

  #keysOf({ guildId, meetingId, userId }: Guest): readonly Key[] {
    return [...(this.#ofGuild.get(guildId) ?? [])].filter(
      ({ guest }) => guest.meetingId === meetingId && guest.userId === userId,
    );
  }

  #largest(): ReadonlySet<Key> | undefined {
    let largest: ReadonlySet<Key> | undefined;
    for (const keys of this.#ofGuild.values()) if (keys.size > (largest?.size ?? 0)) largest = keys;
    return largest;
  }

  #endAll(keys: readonly Key[]): number {
    for (const key of keys) this.#end(key);
    return keys.length;
  }

  #end(key: Key | undefined): void {
    if (!key || !this.#keys.delete(key.hash)) return;
    const ofGuild = this.#ofGuild.get(key.guest.guildId);
    ofGuild?.delete(key);
    if (ofGuild?.size === 0) this.#ofGuild.delete(key.guest.guildId);
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
