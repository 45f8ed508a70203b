import type { Limits } from '../limits.ts';
import { type ClientCredentials, keySession, openSession, type Session } from './session.ts';

const MINUTE_MS = 60_000;
const LINGERING_MS = 15_000; // for so long the server may count a socket that broke

/** One set of credentials: how many sockets it holds, how many it may hold, how often it dialled. */
export class Credential {
  readonly #open: (signal: AbortSignal) => Promise<Session>;
  readonly #limits: Limits;
  #dials: number[] = []; // when, in the last minute
  #held = 0; // sockets open or being opened
  #live = 0;
  #limit: { readonly sockets: number; readonly untilMs: number } | undefined;
  #brokeMs: number | undefined; // when a socket was lost last
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

  /** Whether it may hold another socket, as far as is known. */
  hasRoom(nowMs: number): boolean {
    return !this.knowsLimit(nowMs) || this.#limit === undefined || this.#held < this.#limit.sockets;
  }

  knowsLimit(nowMs: number): boolean {
    return this.limitForgottenMs(nowMs) !== Number.POSITIVE_INFINITY;
  }

  /** When the number of sockets that was learned is tried again; infinite when none is known. */
  limitForgottenMs(nowMs: number): number {
    if (this.#limit !== undefined && nowMs > this.#limit.untilMs) this.#limit = undefined;
    return this.#limit === undefined ? Number.POSITIVE_INFINITY : this.#limit.untilMs + 1;
  }

  /** Whether it holds more than it may, those being opened included. */
  isOverfull(nowMs: number): boolean {
    return this.knowsLimit(nowMs) && this.#limit !== undefined && this.#held > this.#limit.sockets;
  }

  /** Whether its key was refused a short while ago. */
  isRefused(nowMs: number): boolean {
    return this.#refusedMs !== undefined && nowMs - this.#refusedMs < MINUTE_MS;
  }

  refused(nowMs: number): void {
    this.#refusedMs = nowMs;
  }

  /** When the next dial fits into the budget; now or earlier when it fits. */
  nextDialMs(nowMs: number): number {
    this.#dials = this.#dials.filter((at) => nowMs - at < MINUTE_MS);
    if (this.#dials.length < this.#limits.dialsPerMinute) return nowMs;
    return (this.#dials[0] ?? nowMs) + MINUTE_MS;
  }

  /** A fresh token for one dial, which counts from now. @throws {SttError} or the signal's reason */
  async newSession(nowMs: number, signal: AbortSignal): Promise<Session> {
    this.#dials.push(nowMs);
    return await this.#open(signal);
  }

  /** The newest dial brought text: it was worth it, so it is not counted. */
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

  /** A socket was lost: the server may not know it yet. */
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
   * A fresh token met a conflict while other sockets live: there may be no more than these.
   *
   * Shortly after a socket was lost that one may be among those the server counts, so this is soon doubted.
   */
  learnLimit(nowMs: number): void {
    const isSure = this.#brokeMs === undefined || nowMs - this.#brokeMs > LINGERING_MS;
    const untilMs = nowMs + (isSure ? this.#limits.limitForgottenMs : LINGERING_MS);
    this.#limit = { sockets: Math.max(1, this.#live), untilMs };
  }

  /** Runs one inquiry at a time: what one dial finds out spares the others theirs. */
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
