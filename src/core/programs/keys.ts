import type { GuildId, SpeakerId } from '../ids.ts';

/** A key with which a member's program reads what the member may read in one server. */
export interface ApiKey {
  readonly id: string; // names the key, and opens nothing
  readonly guildId: GuildId;
  readonly userId: SpeakerId;
  readonly name: string; // as its member called it, on one line
  readonly madeAtMs: number; // since 1970, as the two below
  readonly untilMs: number;
  readonly usedAtMs?: number; // to the minute; missing: never used
}

/** A key that has just been made. */
export interface NewApiKey extends ApiKey {
  readonly secret: string; // for the member alone: only its hash is kept
}

export interface KeyWish extends Pick<ApiKey, 'guildId' | 'userId' | 'name'> {
  readonly days: number; // how long it works
}

/**
 * The keys of programs. A key says who asks, and nothing about what they may read. It ends when its member revokes it or has
 * themselves forgotten, and when its time is over.
 */
export interface ApiKeys {
  /** @returns `too many`: the member has `MOST_KEYS` in this server already */
  make(wish: KeyWish): Promise<NewApiKey | 'too many'>;
  /** Counts a use. @returns `undefined` when the secret is of no key, or of one that is over */
  keyOf(secret: string): Promise<ApiKey | undefined>;
  /** A member's keys in a server that are not over, the oldest first. */
  listOf(guildId: GuildId, userId: SpeakerId): Promise<readonly ApiKey[]>;
  /** @returns whether the member had such a key */
  revoke(key: Pick<ApiKey, 'id' | 'guildId' | 'userId'>): Promise<boolean>;
  /** Revokes a member's keys in a server. @returns how many */
  revokeAllOf(guildId: GuildId, userId: SpeakerId): Promise<number>;
}

export const MOST_KEYS = 5; // of a member in a server: a few programs, and one more while a key is replaced
export const LONGEST_KEY_DAYS = 365;
export const USUAL_KEY_DAYS = 90;
