import type { GuildId, SpeakerId } from '../../core/ids.ts';
import type { Guest } from '../../core/ports/live-links.ts';

/** How a member reads now. */
export interface Reader {
  readonly reads?: string; // ISO 639-1; missing: as it was spoken
  readonly serverName?: string; // missing: unknown
}

/**
 * `no`: the member may not read the meeting (any more). `unsure`: nobody could say, which counts as `no`. `away`: the
 * process that could say cannot be reached just now, and will be asked again soon; until then nothing is shown.
 */
export type Verdict = Reader | 'no' | 'unsure' | 'away';

/** Asks how a member reads; `undefined`: not (any more). */
type Ask = (guest: Guest) => Promise<Reader | 'away' | undefined>;

/** Gets each verdict on a member; `undefined` while Discord is being asked because something may have changed. */
type Watcher = (verdict: Verdict | undefined) => void;

/** How often Discord is asked, and how long an answer may take. */
export interface LookTiming {
  readonly everyMs: number; // how long an answer serves all pages and requests of a member
  readonly answerWithinMs: number;
  readonly againAfterMs: number; // the pause before the second try when the first failed at once
  readonly afterChangeMs: number; // the shortest time between two looks, however often something changes
}

const TIMING: LookTiming = { everyMs: 10_000, answerWithinMs: 10_000, againAfterMs: 1_000, afterChangeMs: 1_000 };
const AWAY_MS = 2_000; // until the process that could say is asked again
const AT_ONCE_IN_GUILD = 100; // looks after a change in a server: Discord is asked for a hundred members with one command
const PER_READER_MS = 100; // limits all looks together to a fifth of the requests that Discord grants a bot
const PER_READER_OF_GUILD_MS = 20; // limits a server that changes its roles all the time to a command every two seconds

/**
 * Knows whether members still may read. It asks Discord as seldom as possible: one look at each member every ten
 * seconds, however many pages they have open and however often they ask for more.
 *
 * Any change in a server holds all its pages back until every reader was looked at again. A look that fails is tried
 * once more, and the page is held back meanwhile; two failures count as a no.
 */
export class RightToRead implements Disposable {
  readonly #ask: Ask;
  readonly #timing: LookTiming;
  readonly #looks = new Map<string, Look>();
  readonly #turns = new Map<GuildId, Turns>();

  /** @param ask - asks Discord; resolves to `undefined` for those who may not read */
  constructor(ask: Ask, timing: Partial<LookTiming> = {}) {
    this.#ask = ask;
    this.#timing = { ...TIMING, ...timing };
  }

  /** The verdict for one request. */
  async verdictFor(guest: Guest): Promise<Verdict> {
    return await this.#lookAt(guest).verdict();
  }

  /** Looks every ten seconds, and whenever something changes. @returns a function that ends it */
  watch(guest: Guest, watcher: Watcher): () => void {
    const look = this.#lookAt(guest);
    look.watchers.add(watcher);
    return () => void look.watchers.delete(watcher);
  }

  /** Roles, channels or members of a server have changed; without a server: perhaps of any. */
  rightsChanged(guildId?: GuildId, userId?: SpeakerId): void {
    for (const look of this.#looks.values()) {
      const { guest } = look;
      const isMeant = guildId === undefined || guest.guildId === guildId;
      if (isMeant && (userId === undefined || guest.userId === userId)) look.doubt();
    }
  }

  [Symbol.dispose](): void {
    for (const look of this.#looks.values()) look[Symbol.dispose]();
    this.#looks.clear();
  }

  #lookAt(guest: Guest): Look {
    const key = [guest.guildId, guest.meetingId, guest.userId, guest.shows].join(' ');
    const known = this.#looks.get(key);
    if (known) return known;
    const look = new Look(guest, {
      ask: () => this.#ask(guest),
      answerWithinMs: this.#timing.answerWithinMs,
      againAfterMs: this.#timing.againAfterMs,
      // Many readers share the requests that Discord grants: each is looked at less often.
      everyMs: () => Math.max(this.#timing.everyMs, this.#looks.size * PER_READER_MS),
      afterChangeMs: () => Math.max(this.#timing.afterChangeMs, this.#countOf(guest.guildId) * PER_READER_OF_GUILD_MS),
      inTurn: (look) => this.#inTurn(guest.guildId, look),
      forgotten: () => void this.#looks.delete(key),
    });
    this.#looks.set(key, look);
    return look;
  }

  async #inTurn(guildId: GuildId, look: () => Promise<Verdict>): Promise<Verdict> {
    const turns = this.#turns.get(guildId) ?? new Turns(AT_ONCE_IN_GUILD);
    this.#turns.set(guildId, turns);
    const verdict = await turns.take(look);
    if (turns.isIdle) this.#turns.delete(guildId);
    return verdict;
  }

  #countOf(guildId: GuildId): number {
    return this.#looks.values().reduce((count, { guest }) => count + (guest.guildId === guildId ? 1 : 0), 0);
  }
}

/** Lets a limited number of tasks run at once, and the others in the order in which they came. */
class Turns {
  #free: number;
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
    this.#free = most;
  }

  get isIdle(): boolean {
    return this.#free === this.#most;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    // A task that ends hands its place on to the next.
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}

interface LookParts {
  ask(): ReturnType<Ask>;
  /** Runs a look that may wait, as nothing is shown before its verdict. */
  inTurn(look: () => Promise<Verdict>): Promise<Verdict>;
  everyMs(): number;
  afterChangeMs(): number;
  forgotten(): void;
  readonly answerWithinMs: number;
  readonly againAfterMs: number;
}

/**
 * The verdict on one member: it is asked for at once, and forgotten when nobody wants to know it any more.
 *
 * A look is always in one of two states: *asking*, with or without a change that came meanwhile, or *resting* until the
 * next time it has to ask.
 */
class Look implements Disposable {
  readonly guest: Guest;
  readonly watchers = new Set<Watcher>();
  readonly #parts: LookParts;
  #answer: Promise<Verdict>;
  #isAsking = false;
  #isDoubted = false;
  #isOver = false;
  #askedAtMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(guest: Guest, parts: LookParts) {
    this.guest = guest;
    this.#parts = parts;
    this.#answer = this.#askNow();
  }

  /** The verdict of the latest look; waits for a look that is under way. */
  async verdict(): Promise<Verdict> {
    let answer: Promise<Verdict>;
    let verdict: Verdict;
    do {
      answer = this.#answer;
      verdict = await answer;
    } while (answer !== this.#answer); // it was doubted meanwhile
    return verdict;
  }

  /** Something may have changed: the last verdict does not count any more. */
  doubt(): void {
    if (this.#isDoubted || this.#isOver) return;
    this.#isDoubted = true;
    this.#publish(undefined);
    const { promise, resolve } = Promise.withResolvers<Verdict>();
    const before = this.#isAsking ? this.#answer : undefined;
    this.#answer = promise;
    clearTimeout(this.#timer);
    void Promise.resolve(before).then(() => {
      const waitMs = this.#askedAtMs + this.#parts.afterChangeMs() - performance.now();
      this.#timer = setTimeout(() => resolve(this.#parts.inTurn(() => this.#askNow())), Math.max(0, waitMs));
      this.#timer.unref();
    });
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  async #askNow(): Promise<Verdict> {
    this.#isAsking = true;
    this.#isDoubted = false;
    this.#askedAtMs = performance.now();
    const verdict = await this.#askInTime()
      .catch(async () => {
        this.#publish(undefined);
        await pause(this.#askedAtMs + this.#parts.againAfterMs - performance.now());
        return await this.#askInTime();
      })
      .catch(() => 'unsure' as const);
    this.#isAsking = false;
    if (this.#isDoubted || this.#isOver) return verdict;
    this.#publish(verdict);
    const everyMs = this.#parts.everyMs();
    this.#timer = setTimeout(() => this.#lookAgain(), verdict === 'away' ? AWAY_MS : untilNext(everyMs)).unref();
    return verdict;
  }

  /** @throws when there is no answer in time */
  async #askInTime(): Promise<Verdict> {
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error('No answer in time')), this.#parts.answerWithinMs);
    try {
      return (await Promise.race([this.#parts.ask(), promise])) ?? 'no';
    } finally {
      clearTimeout(timer);
    }
  }

  #lookAgain(): void {
    if (this.#isOver) return;
    if (this.watchers.size > 0) this.#answer = this.#askNow();
    else this.#parts.forgotten();
  }

  #publish(verdict: Verdict | undefined): void {
    for (const watcher of this.watchers) watcher(verdict);
  }
}

/** Looks that are equally frequent come at the same moments, so that many members are asked for with one question. */
function untilNext(everyMs: number): number {
  return everyMs - (performance.now() % everyMs);
}

async function pause(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms).unref());
}
