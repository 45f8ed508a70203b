import type { Limits } from '../limits.ts';
import { type ClientCredentials, keySession, openSession, type Session } from './session.ts';

const MINUTE_MS = 60_000;
const LINGERING_MS = 15_000; // the server may count a broken socket for this long

/** One set of client credentials or one key: counts its sockets and dials, and learns how many sockets it may hold. */
export class Credential {
  readonly #open: (signal: AbortSignal) => Promise<Session>;
  readonly #limits: Limits;
  #dials: number[] = []; // the times of those in the last minute
  #held = 0; // places taken: sockets that are open, being opened or being closed
  #live = 0;
  #limit: { readonly sockets: number; readonly untilMs: number } | undefined;
  #brokeMs: number | undefined; // when the last socket was lost
  #inquiry: Promise<void> | undefined;
  #refusedMs: number | undefined; // when its key was refused, or its balance was used up

  constructor(open: (signal: AbortSignal) => Promise<Session>, limits: Limits) {
    this.#open = open;
    this.#limits = limits;
  }

  static of(apiUrl: string, credentials: ClientCredentials, limits: Limits): Credential {
    return new Credential((signal) => openSession(apiUrl, credentials, limits, signal), limits);
  }

  static ofKey(apiKey: string, limits: Limits): Credential {
    return new Credential(async () => keySession(apiKey), limits);
  }

  get held(): number {
    return this.#held;
  }

  get live(): number {
    return this.#live;
  }

  /** Whether it may hold another socket, as far as we know. */
  hasRoom(nowMs: number): boolean {
    return !this.knowsLimit(nowMs) || this.#limit === undefined || this.#held < this.#limit.sockets;
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
    return await this.#open(signal);
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
