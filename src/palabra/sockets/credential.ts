import type { CredentialShare } from '../../core/ports/speech-to-text.ts';
import type { Limits } from '../limits.ts';
import { type ClientCredentials, endSession, keySession, openSession, type Session } from './session.ts';

const MINUTE_MS = 60_000;
const LINGERING_MS = 15_000; // the server may count a broken socket for this long
const OCCUPIED_MS = 1_000; // before the first new try, then twice as long each time ...
const OCCUPIED_MAX_MS = 5_000; // ... up to this: twelve tries fit into the budget of dials, and a session that a crash left counts for 10 s

/** How sessions of one credential are opened and ended. */
interface SessionDesk {
  readonly open: (signal: AbortSignal) => Promise<Session>;
  readonly end: (sessionId: string) => Promise<void>; // never rejects
}

const WANTED_MS = 5_000; // how long the news counts that another process waits: it comes each second, and the last may get lost

/** Which part of a credential this process may use. */
interface Part {
  readonly mostSockets: number;
  readonly usedElsewhere: number; // sockets of other processes
  readonly wantedSinceMs: number; // since when speech in another process waits for one of its sockets; infinite: none does
  readonly toldMs: number;
}

const WHOLE: Part = {
  mostSockets: Number.POSITIVE_INFINITY,
  usedElsewhere: 0,
  wantedSinceMs: Number.POSITIVE_INFINITY,
  toldMs: Number.POSITIVE_INFINITY,
};

/** What the platform key is called where processes share credentials. */
const API_KEY = 'PALABRA_API_KEY';

/** One set of client credentials or one key: counts its sockets and dials, and learns how many sockets it may hold. */
export class Credential {
  readonly clientId: string;
  readonly #desk: SessionDesk;
  readonly #limits: Limits;
  #dials: number[] = []; // the times of those in the last minute
  #held = 0; // places taken: sockets that are open, being opened or being closed
  #live = 0;
  #limit: { readonly sockets: number; readonly untilMs: number } | undefined;
  #brokeMs: number | undefined; // when the last socket was lost
  #inquiry: Promise<void> | undefined;
  #refusedMs: number | undefined; // when its key was refused, or its balance was used up
  #part: Part | undefined = WHOLE; // missing: it is another process's
  #occupied: { readonly untilMs: number; readonly forMs: number } | undefined; // others hold all its sockets
  readonly #sessions = new Set<string>(); // ids of those that the service may count
  readonly #leftBehind = new Set<string>(); // those among them that another process left, and that are being ended

  constructor(clientId: string, desk: SessionDesk, limits: Limits) {
    this.clientId = clientId;
    this.#desk = desk;
    this.#limits = limits;
  }

  static of(apiUrl: string, credentials: ClientCredentials, limits: Limits): Credential {
    const desk: SessionDesk = {
      open: (signal) => openSession(apiUrl, credentials, limits, signal),
      end: (sessionId) => endSession(apiUrl, credentials, sessionId, limits),
    };
    return new Credential(credentials.clientId, desk, limits);
  }

  /** A key has no sessions to end. */
  static ofKey(apiKey: string, limits: Limits): Credential {
    return new Credential(API_KEY, { open: async () => keySession(apiKey), end: async () => {} }, limits);
  }

  /** Whether this process may open sockets with it. */
  get isAllowed(): boolean {
    return this.#part !== undefined;
  }

  /** Allows a part of it to this process; without a share what is open stays until it is given back, and nothing is opened. */
  allowShare(share: Omit<CredentialShare, 'clientId'> | undefined, nowMs: number): void {
    const before = this.#part?.usedElsewhere ?? 0;
    this.#part = share && { ...WHOLE, ...share, toldMs: nowMs };
    if ((share?.usedElsewhere ?? 0) < before) this.#occupied = undefined; // another process has closed a socket: worth a try
  }

  /** Since when speech in another process waits for a socket of this one's; infinite when none does. */
  wantedSinceMs(nowMs: number): number {
    if (this.#part === undefined || nowMs - this.#part.toldMs > WANTED_MS) return Number.POSITIVE_INFINITY;
    return this.#part.wantedSinceMs;
  }

  get sessions(): readonly string[] {
    return [...this.#sessions];
  }

  /** How many sockets it may hold as far as was learned here; missing: not learned. */
  get learnedSockets(): number | undefined {
    return this.knowsLimit(performance.now()) ? this.#limit?.sockets : undefined;
  }

  /** Ends sessions that a dead process left open; no socket is opened before that. Never rejects. */
  async endLeftBehind(ids: readonly string[]): Promise<void> {
    const fresh = ids.filter((id) => !this.#sessions.has(id));
    for (const id of fresh) {
      this.#sessions.add(id);
      this.#leftBehind.add(id);
    }
    await Promise.all(fresh.map((id) => this.#desk.end(id)));
    for (const id of fresh) {
      this.#sessions.delete(id);
      this.#leftBehind.delete(id);
    }
  }

  /** The service refused a socket although this process has none: others hold them all, or a dead process did. */
  occupied(nowMs: number): void {
    if (this.#occupied && nowMs < this.#occupied.untilMs) return; // several were refused at once
    const forMs = this.#occupied ? Math.min(OCCUPIED_MAX_MS, 2 * this.#occupied.forMs) : OCCUPIED_MS;
    this.#occupied = { untilMs: nowMs + forMs, forMs };
  }

  get isOccupied(): boolean {
    return this.#occupied !== undefined;
  }

  get held(): number {
    return this.#held;
  }

  get live(): number {
    return this.#live;
  }

  /** Whether it may hold another socket, as far as we know. */
  hasRoom(nowMs: number): boolean {
    if (this.#part === undefined || this.#leftBehind.size > 0) return false;
    if (this.#held >= this.#part.mostSockets) return false;
    if (this.#occupied && (this.#held > 0 || nowMs < this.#occupied.untilMs)) return false;
    return !this.knowsLimit(nowMs) || this.#limit === undefined || this.#held < this.#limit.sockets;
  }

  /** When it is worth a try again although others held all its sockets; infinite when that is not what it waits for. */
  occupiedUntilMs(nowMs: number): number {
    const untilMs = this.#held > 0 ? undefined : this.#occupied?.untilMs;
    return untilMs !== undefined && untilMs > nowMs ? untilMs : Number.POSITIVE_INFINITY;
  }

  knowsLimit(nowMs: number): boolean {
    return this.limitForgottenMs(nowMs) !== Number.POSITIVE_INFINITY;
  }

  /** When the learned limit of sockets is tested again; infinite without one. */
  limitForgottenMs(nowMs: number): number {
    if (this.#limit !== undefined && nowMs > this.#limit.untilMs) this.#limit = undefined;
    return this.#limit === undefined ? Number.POSITIVE_INFINITY : this.#limit.untilMs + 1;
  }

  /** Whether more places are taken than its known limit of sockets. */
  isOverfull(nowMs: number): boolean {
    return this.knowsLimit(nowMs) && this.#limit !== undefined && this.#held > this.#limit.sockets;
  }

  /** Whether it was refused within the last minute. */
  isRefused(nowMs: number): boolean {
    return this.#refusedMs !== undefined && nowMs - this.#refusedMs < MINUTE_MS;
  }

  refused(nowMs: number): void {
    this.#refusedMs = nowMs;
  }

  /** When the next dial fits into the budget: `nowMs` when it fits now. */
  nextDialMs(nowMs: number): number {
    this.#dials = this.#dials.filter((at) => nowMs - at < MINUTE_MS);
    if (this.#dials.length < this.#limits.dialsPerMinute) return nowMs;
    return (this.#dials[0] ?? nowMs) + MINUTE_MS;
  }

  /**
   * Opens a session for one dial, which counts against the budget from now on.
   *
   * @throws {SttError} or the signal's reason
   */
  async newSession(nowMs: number, signal: AbortSignal): Promise<Session> {
    this.#dials.push(nowMs);
    const session = await this.#desk.open(signal);
    if (session.id !== undefined) this.#sessions.add(session.id);
    return session;
  }

  /** Ends one of its own sessions. Never rejects. */
  async endSession(session: Session): Promise<void> {
    await session.end();
    if (session.id !== undefined) this.#sessions.delete(session.id);
  }

  /** A dial that produced text does not count against the budget. */
  refundDial(): void {
    this.#dials.pop();
  }

  takePlace(): void {
    this.#held += 1;
  }

  opened(): void {
    this.#live += 1;
    this.#refusedMs = undefined;
    this.#occupied = undefined;
  }

  /** A socket was lost. The server may still count it for a while. */
  broke(nowMs: number): void {
    this.#brokeMs = nowMs;
  }

  /** A socket and its session are gone. */
  closed(): void {
    this.#live -= 1;
    this.giveBackPlace();
  }

  giveBackPlace(): void {
    this.#held -= 1;
  }

  /**
   * Takes the sockets that are open now for the limit, as the server refused another one.
   *
   * Shortly after a socket was lost the server may still count that one, so the limit is then tested again sooner.
   */
  learnLimit(nowMs: number): void {
    const isSure = this.#brokeMs === undefined || nowMs - this.#brokeMs > LINGERING_MS;
    const untilMs = nowMs + (isSure ? this.#limits.limitForgottenMs : LINGERING_MS);
    this.#limit = { sockets: Math.max(1, this.#live), untilMs };
  }

  /** Runs one inquiry at a time, as its result saves the dials behind it the same question. */
  async inquireAlone<T>(inquiry: () => Promise<T>, signal: AbortSignal): Promise<T> {
    while (this.#inquiry !== undefined) {
      await this.#inquiry;
      signal.throwIfAborted();
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#inquiry = promise;
    try {
      return await inquiry();
    } finally {
      this.#inquiry = undefined;
      resolve();
    }
  }
}
