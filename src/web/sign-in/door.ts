import type { GuildId, MeetingId, SpeakerId } from '../../core/ids.ts';
import { Visits } from '../../core/live/visits.ts';
import type { Log } from '../../core/log.ts';
import type { Pass } from '../../core/ports/live-links.ts';
import type { Session, Sessions } from '../../core/ports/sessions.ts';
import type { PageContext } from '../server.ts';
import type { SignInCookies } from './cookies.ts';

const CHECK_MS = 15_000; // how long open pages go on of a session that has ended in another process
const CHECKED_AT_ONCE = 1_000;
const FORGOTTEN_MS = 12 * 60 * 60_000; // longer than meetings last: pages that are open since then end

/** Somebody who has signed in, as this process knows them. */
export interface Member {
  readonly userId: SpeakerId;
  readonly guildIds: readonly GuildId[]; // the servers that they were in when they signed in
  readonly untilMs: number; // since 1970
  /** Aborted when they have signed out, or the session is over. */
  readonly over: AbortSignal;
  /** Counts a visit. @returns whether it is allowed: there were not too many recently */
  visit(): boolean;
}

/** What this process remembers of a session that was used here. */
interface Known {
  readonly over: AbortController;
  readonly visits: Visits;
  readonly misses: Visits; // meetings that are not theirs
  timer: NodeJS.Timeout;
}

interface DoorParts {
  readonly sessions: Pick<Sessions, 'sessionOf' | 'whichLast' | 'end'>;
  readonly cookies: SignInCookies;
  /** The server in which a meeting was held. */
  guildOf(meetingId: MeetingId): Promise<GuildId | undefined>;
  readonly log: Log;
}

/**
 * Lets members in who have signed in. Every request asks the database whether their session still lasts, so that signing out
 * works in all processes; open pages of sessions that have ended elsewhere are found by a check now and then.
 *
 * A session opens no meeting by itself. It only says who somebody is: whether they may read is asked as for everybody else.
 */
export class Door implements Disposable {
  readonly #parts: DoorParts;
  readonly #known = new Map<string, Known>(); // by the keys of their sessions
  readonly #checking: NodeJS.Timeout;

  constructor(parts: DoorParts) {
    this.#parts = parts;
    this.#checking = setInterval(() => void this.check(), CHECK_MS).unref();
  }

  /** @returns `unknown yet` when sessions cannot be looked up: they are in a database that is away */
  async memberIn(context: PageContext): Promise<Member | 'unknown yet' | undefined> {
    const session = await this.#sessionIn(context);
    if (typeof session !== 'object') return session;
    const { visits, over } = this.#knownOf(session.key);
    const { userId, guildIds, untilMs } = session;
    return { userId, guildIds, untilMs, over: over.signal, visit: () => visits.visit() };
  }

  /** The pass to a meeting in one of the servers that somebody was in when they signed in. */
  async passOf(context: PageContext, meetingId: MeetingId): Promise<Pass | 'unknown yet' | undefined> {
    const session = await this.#sessionIn(context);
    if (typeof session !== 'object') return session;
    const { userId, guildIds, untilMs } = session;
    const { visits, misses, over } = this.#knownOf(session.key);
    if (misses.areTooMany) return undefined;
    try {
      const guildId = await this.#parts.guildOf(meetingId);
      if (guildId === undefined || !guildIds.includes(guildId)) {
        misses.visit();
        return undefined;
      }
      return { guest: { guildId, meetingId, userId }, untilMs, over: over.signal, visit: () => visits.visit() };
    } catch (error) {
      this.#parts.log.warn({ err: error }, 'A meeting could not be looked up for somebody who has signed in');
      return 'unknown yet';
    }
  }

  /** Ends the session of a browser, and the pages that it has open. @throws when the database is away */
  async signOut(context: PageContext): Promise<void> {
    const { cookies, sessions } = this.#parts;
    const secret = cookies.sessionIn(context);
    if (secret === undefined || secret === 'malformed') return;
    const session = await sessions.sessionOf(secret);
    await sessions.end(secret);
    if (session) this.endHere(session.key);
  }

  /** Ends the pages that a session has open in this process. */
  endHere(key: string): void {
    const known = this.#known.get(key);
    this.#known.delete(key);
    clearTimeout(known?.timer);
    known?.over.abort();
  }

  /** Ends the pages of sessions that are no longer in the database. Never rejects. */
  async check(): Promise<void> {
    const keys = [...this.#known.keys()];
    for (let at = 0; at < keys.length; at += CHECKED_AT_ONCE) {
      const some = keys.slice(at, at + CHECKED_AT_ONCE);
      try {
        const last = new Set(await this.#parts.sessions.whichLast(some));
        for (const key of some) if (!last.has(key)) this.endHere(key);
      } catch {
        return; // the database is away: the next check is soon
      }
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#checking);
    for (const key of [...this.#known.keys()]) this.endHere(key);
  }

  async #sessionIn(context: PageContext): Promise<Session | 'unknown yet' | undefined> {
    const secret = this.#parts.cookies.sessionIn(context);
    if (secret === undefined) return undefined;
    try {
      const session = secret === 'malformed' ? undefined : await this.#parts.sessions.sessionOf(secret);
      context.env.key = session ? 'right' : 'wrong';
      return session;
    } catch (error) {
      this.#parts.log.warn({ err: error }, 'The session of somebody who has signed in could not be looked up');
      return 'unknown yet';
    }
  }

  #knownOf(key: string): Known {
    const before = this.#known.get(key);
    clearTimeout(before?.timer);
    const timer = setTimeout(() => this.endHere(key), FORGOTTEN_MS).unref();
    const known = before ?? { over: new AbortController(), visits: new Visits(), misses: new Visits(), timer };
    known.timer = timer;
    this.#known.set(key, known);
    return known;
  }
}
