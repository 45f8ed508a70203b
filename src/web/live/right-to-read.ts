import type { GuildId, SpeakerId } from '../../core/ids.ts';
import type { Guest } from './links.ts';

/** How a member reads now. */
export interface Reader {
  readonly reads?: string; // ISO 639-1; missing: as it was said
}

/** `no`: they may not read it (any more). `unsure`: nobody could say, which counts as a no. */
export type Verdict = Reader | 'no' | 'unsure';

/** Told what is known about a member; `undefined`: it is being asked, as it may have changed. */
type Watcher = (verdict: Verdict | undefined) => void;

/** How often is asked, and how long is waited for. */
export interface LookPace {
  readonly everyMs: number; // an answer serves all pages and requests of a member for so long
  readonly answerWithinMs: number;
  readonly againAfterMs: number; // when the first try failed at once
  readonly afterChangeMs: number; // at least so long between two looks, however often something changes
}

const PACE: LookPace = { everyMs: 10_000, answerWithinMs: 10_000, againAfterMs: 1_000, afterChangeMs: 1_000 };
const AT_ONCE_IN_GUILD = 4; // after a change, when all of a server are looked at: Discord answers them sooner than forty at once
const PER_READER_MS = 100; // so all looks together take a fifth of the requests that Discord grants a bot
const PER_READER_OF_GUILD_MS = 200; // a server that changes its roles all the time takes a tenth

/**
 * Whether members still may read, asked as seldom as it can be: one look for each member and ten seconds, however many pages they
 * have open and however often they ask for more.
 *
 * Whatever changes in a server holds its pages until everybody was looked at again. A look that fails is tried once more, and
 * holds the page meanwhile; two that fail are a no.
 */
export class RightToRead implements Disposable {
  readonly #ask: (guest: Guest) => Promise<Reader | undefined>;
  readonly #pace: LookPace;
  readonly #looks = new Map<string, Look>();
  readonly #turns = new Map<GuildId, Turns>();

  /** @param ask - Discord, who answers `undefined` for those who may not */
  constructor(ask: (guest: Guest) => Promise<Reader | undefined>, pace: Partial<LookPace> = {}) {
    this.#ask = ask;
    this.#pace = { ...PACE, ...pace };
  }

  /** For one request. */
  async of(guest: Guest): Promise<Verdict> {
    return await this.#lookAt(guest).verdict();
  }

  /** Looks every ten seconds, and whenever something changes, until told to end. */
  watch(guest: Guest, watcher: Watcher): () => void {
    const look = this.#lookAt(guest);
    look.watchers.add(watcher);
    return () => void look.watchers.delete(watcher);
  }

  /** Roles, channels or members of a server are not what they were. */
  changed(guildId: GuildId, userId?: SpeakerId): void {
    for (const look of this.#looks.values()) {
      const { guest } = look;
      if (guest.guildId === guildId && (userId === undefined || guest.userId === userId)) look.doubt();
    }
  }

  [Symbol.dispose](): void {
    for (const look of this.#looks.values()) look[Symbol.dispose]();
    this.#looks.clear();
  }

  #lookAt(guest: Guest): Look {
    const key = [guest.guildId, guest.meetingId, guest.userId].join(' ');
    const known = this.#looks.get(key);
    if (known) return known;
    const look = new Look(guest, {
      ask: () => this.#ask(guest),
      answerWithinMs: this.#pace.answerWithinMs,
      againAfterMs: this.#pace.againAfterMs,
      // Many readers share what Discord grants: they are looked at a little less often.
      everyMs: () => Math.max(this.#pace.everyMs, this.#looks.size * PER_READER_MS),
      afterChangeMs: () => Math.max(this.#pace.afterChangeMs, this.#countOf(guest.guildId) * PER_READER_OF_GUILD_MS),
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

/** Work of which so much is done at once, the rest in the order in which it came. */
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
    // Whoever is done hands on their place.
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
  ask(): Promise<Reader | undefined>;
  /** A look that may wait, as nothing is shown until it is there. */
  inTurn(look: () => Promise<Verdict>): Promise<Verdict>;
  everyMs(): number;
  afterChangeMs(): number;
  forgotten(): void;
  readonly answerWithinMs: number;
  readonly againAfterMs: number;
}

/**
 * What is known about one member: asked from the beginning on, and forgotten when nobody wants to know any more.
 *
 * It is always one of: *asking*, with or without a change that came meanwhile, or *resting* until the next look is due.
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

  /** As of the latest look; waits for one that is under way. */
  async verdict(): Promise<Verdict> {
    let answer: Promise<Verdict>;
    let verdict: Verdict;
    do {
      answer = this.#answer;
      verdict = await answer;
    } while (answer !== this.#answer); // it was doubted meanwhile
    return verdict;
  }

  /** What is known does not count any more. */
  doubt(): void {
    if (this.#isDoubted || this.#isOver) return;
    this.#isDoubted = true;
    this.#tell(undefined);
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
    const verdict = await this.#tried()
      .catch(async () => {
        this.#tell(undefined);
        await pause(this.#askedAtMs + this.#parts.againAfterMs - performance.now());
        return await this.#tried();
      })
      .catch(() => 'unsure' as const);
    this.#isAsking = false;
    if (this.#isDoubted || this.#isOver) return verdict;
    this.#tell(verdict);
    this.#timer = setTimeout(() => this.#goOn(), this.#parts.everyMs()).unref();
    return verdict;
  }

  /** @throws when there is no answer in time */
  async #tried(): Promise<Verdict> {
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error('No answer in time')), this.#parts.answerWithinMs);
    try {
      return (await Promise.race([this.#parts.ask(), promise])) ?? 'no';
    } finally {
      clearTimeout(timer);
    }
  }

  #goOn(): void {
    if (this.#isOver) return;
    if (this.watchers.size > 0) this.#answer = this.#askNow();
    else this.#parts.forgotten();
  }

  #tell(verdict: Verdict | undefined): void {
    for (const watcher of this.watchers) watcher(verdict);
  }
}

async function pause(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms).unref());
}
