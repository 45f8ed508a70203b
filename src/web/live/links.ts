import type { GuildId, MeetingId } from '../../core/ids.ts';
import { addressOf, hashOf, LINK_LIMITS, LivePass, newSecret } from '../../core/live/pass.ts';
import type { Guest, LinkLimits, LiveLinks, Pass } from '../../core/ports/live-links.ts';

interface Key {
  readonly hash: string;
  readonly pass: LivePass;
}

/** The links of one process. Only their hashes are kept, in memory, so a restart ends them. */
export class LinksInMemory implements LiveLinks {
  readonly #publicUrl: string;
  readonly #limits: LinkLimits;
  readonly #keys = new Map<string, Key>(); // by their hashes, the oldest first
  readonly #byGuild = new Map<GuildId, Set<Key>>(); // likewise

  /** @param publicUrl - where people reach our pages */
  constructor(publicUrl: string, limits: Partial<LinkLimits> = {}) {
    this.#publicUrl = publicUrl;
    this.#limits = { ...LINK_LIMITS, ...limits };
  }

  invite(guest: Guest): string {
    const { livesMs, perGuest, perGuild, inAll } = this.#limits;
    const earlier = this.#keysOf(guest);
    if (earlier.length >= perGuest) this.#end(earlier[0]);
    if ((this.#byGuild.get(guest.guildId)?.size ?? 0) >= perGuild) this.#end(oldest(this.#byGuild.get(guest.guildId)));
    if (this.#keys.size >= inAll) this.#end(oldest(this.#largest()));
    const secret = newSecret();
    const pass = new LivePass(guest, livesMs, () => this.#end(key));
    const key: Key = { hash: nameOf(secret, guest.shows), pass };
    this.#keys.set(key.hash, key);
    this.#byGuild.set(guest.guildId, (this.#byGuild.get(guest.guildId) ?? new Set()).add(key));
    return addressOf(this.#publicUrl, guest, secret);
  }

  passOf(meetingId: MeetingId, secret: string, shows?: Guest['shows']): Pass | undefined {
    const key = this.#keys.get(nameOf(secret, shows));
    if (key?.pass.guest.meetingId !== meetingId) return undefined;
    if (key.pass.untilMs > Date.now()) return key.pass;
    this.#end(key); // the clock was put forward, or the machine slept, so the timer has not fired
    return undefined;
  }

  close(guest: Guest): number {
    return this.#endAll(this.#keysOf(guest));
  }

  closeAll({ guildId, meetingId, shows }: Omit<Guest, 'userId'>): number {
    const ofMeeting = [...(this.#byGuild.get(guildId) ?? [])].filter(({ pass }) => pass.guest.meetingId === meetingId);
    return this.#endAll(ofMeeting.filter(({ pass }) => shows === undefined || pass.guest.shows === shows));
  }

  #keysOf({ guildId, meetingId, userId, shows }: Guest): readonly Key[] {
    return [...(this.#byGuild.get(guildId) ?? [])].filter(
      ({ pass: { guest } }) => guest.meetingId === meetingId && guest.userId === userId && guest.shows === shows,
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
    const { guildId } = key.pass.guest;
    const guildKeys = this.#byGuild.get(guildId);
    guildKeys?.delete(key);
    if (guildKeys?.size === 0) this.#byGuild.delete(guildId);
    key.pass.end();
  }
}

function oldest(keys: ReadonlySet<Key> | undefined): Key | undefined {
  const [first] = keys ?? [];
  return first;
}

function nameOf(secret: string, shows: Guest['shows']): string {
  return hashOf(secret, shows).toString('base64url');
}
