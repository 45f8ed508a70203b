import type { GuildId, MeetingId, SpeakerId } from '../ids.ts';

/** The member that a link was made for, and the meeting that it shows. */
export interface Guest {
  readonly guildId: GuildId;
  readonly meetingId: MeetingId;
  readonly userId: SpeakerId;
  /** What the link shows: the overlay of a stream, which whoever has the link may see; missing: the live page. */
  readonly shows?: 'overlay';
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
export interface LinkLimits {
  readonly livesMs: number;
  readonly perGuest: number;
  readonly perGuild: number;
  readonly inAll: number;
}

type Soon<T> = T | Promise<T>; // links in memory answer at once

/**
 * Links to live pages: unguessable, made for one member and one meeting, and valid for a while.
 *
 * When there are too many, the oldest one ends: of the same member, else of the same server, else of the server that has
 * most. No server's links end because of what another does.
 */
export interface LiveLinks {
  /** Makes a new address. Up to five earlier ones of the same guest go on working. */
  invite(guest: Guest): Soon<string>;
  /** The pass of a secret; `undefined` when it is unknown, of another meeting or for something else, closed, or expired. */
  passOf(meetingId: MeetingId, secret: string, shows?: Guest['shows']): Soon<Pass | undefined>;
  /** Ends all links of one member to one meeting that show the same, and the pages that they opened. @returns how many */
  close(guest: Guest): Soon<number>;
  /** Ends all links to one meeting, of all members; those alone that show what `shows` says, where it is given. @returns how many */
  closeAll(meeting: Omit<Guest, 'userId'>): Soon<number>;
}
