import type { GuildId, SpeakerId } from '../ids.ts';

/** A member who has signed in with Discord, in one browser. */
export interface Session {
  readonly key: string; // names the session, and opens nothing
  readonly userId: SpeakerId;
  readonly guildIds: readonly GuildId[]; // the servers that they were in when they signed in
  readonly untilMs: number; // since 1970
}

/** A session that has just begun. */
export interface NewSession extends Session {
  readonly secret: string; // for the browser alone: only its hash is kept
  readonly latestMs: number; // since 1970: it is over by then, however often it is used
}

/**
 * Who has signed in, in which browser. A session ends when its browser signs out, a week after its last visit, a month after it
 * began, and when the same member signs in with too many other browsers.
 */
export interface Sessions {
  begin(userId: SpeakerId, guildIds: readonly GuildId[]): Promise<NewSession>;
  /** Counts a visit. @returns `undefined` when the secret is of no session, or of one that is over */
  sessionOf(secret: string): Promise<Session | undefined>;
  /** Which of these sessions are not over. */
  whichLast(keys: readonly string[]): Promise<readonly string[]>;
  /** How many browsers a member is signed in with. */
  countOf(userId: SpeakerId): Promise<number>;
  /** @returns whether there was one */
  end(secret: string): Promise<boolean>;
  /** Signs a member out everywhere. @returns how many sessions ended */
  endAllOf(userId: SpeakerId): Promise<number>;
}
