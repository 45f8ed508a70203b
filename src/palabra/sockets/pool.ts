import { setTimeout as delay } from 'node:timers/promises';
import { SttError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Limits } from '../limits.ts';
import { RefusedLanguages } from '../refused-languages.ts';
import { Credential } from './credential.ts';
import { type StreamParameters, streamAddress } from './protocol.ts';
import type { ClientCredentials, Session } from './session.ts';
import { dial, type PalabraSocket, type SocketListener } from './socket.ts';

/** One open socket, lent to one stream. */
export interface Lease {
  readonly socket: PalabraSocket;
  /** The socket brought text: its dial does not count against the budget. */
  worked(): void;
  /** Closes the socket with 1000, ends its session, makes room for the next. Safe to call twice. Never rejects. */
  release(): Promise<void>;
}

/** Somebody who wants a socket. */
export interface Claimant {
  /** When the speech began that waits, on the clock of `performance.now()`. It may change while they wait. */
  readonly waitingSinceMs: () => number;
}

/** For what is no live speech, and can wait: everybody who speaks comes first. */
export const AFTER_EVERYBODY: Claimant = { waitingSinceMs: () => Number.POSITIVE_INFINITY };

interface Waiter {
  readonly arrival: number;
  readonly claimant: Claimant;
  readonly needsSocket: boolean;
  readonly wake: () => void;
}

/** Opens sockets within what the credentials allow; whoever finds no room waits, and the oldest speech comes first. */
export class SocketPool {
  readonly #streamUrl: string;
  readonly #credentials: readonly Credential[];
  readonly #limits: Limits;
  readonly #log: Log;
  readonly #waiters = new Set<Waiter>();
  #arrivals = 0;
  readonly #farewells = new Set<Promise<void>>();
  #releasing = 0; // sockets that are being given back
  /** What the service does not take: known to everybody who asks it. */
  readonly refusedLanguages = new RefusedLanguages();
  /** Called when a speaker has to wait for a free socket: whoever does not need theirs may give it back. */
  onCrowded: () => void = () => {};

  constructor(
    options: { apiUrl: string; streamUrl: string; credentials: readonly ClientCredentials[]; apiKey?: string },
    limits: Limits,
    log: Log,
  ) {
    this.#streamUrl = options.streamUrl;
    this.#limits = limits;
    this.#log = log;
    this.#credentials =
      options.apiKey !== undefined
        ? [Credential.ofKey(options.apiKey, limits)]
        : options.credentials.map((each) => Credential.of(options.apiUrl, each, limits));
  }

  /** How many speakers wait until somebody gives a socket back; waiting for the dial budget does not count. */
  get crowd(): number {
    let crowd = 0; // asked for every frame: counted, not listed
    for (const { needsSocket, claimant } of this.#waiters) if (needsSocket && claimant !== AFTER_EVERYBODY) crowd += 1;
    return crowd;
  }

  /** Whether somebody waits until a socket is given back. */
  isQueued(claimant: Claimant): boolean {
    return this.#queue().some((waiter) => waiter.claimant === claimant);
  }

  /** Whether more people with older speech than this wait than sockets are being given back. */
  isWanted(sinceMs: number): boolean {
    let older = 0;
    for (const { needsSocket, claimant } of this.#waiters) {
      if (needsSocket && claimant.waitingSinceMs() < sinceMs) older += 1;
    }
    return older > this.#releasing;
  }

  /**
   * Opens a socket, after waiting for room if need be.
   *
   * @param claimant - missing: their speech begins now
   * @throws {SttError} when it cannot be opened; or the signal's reason
   */
  async leaseSocket(
    parameters: StreamParameters,
    listener: SocketListener,
    signal: AbortSignal,
    claimant: Claimant = since(performance.now()),
  ): Promise<Lease> {
    if (this.#credentials.length === 0) {
      throw new SttError(
        'key-refused',
        'There are no Palabra credentials: set PALABRA_CLIENT_ID and PALABRA_CLIENT_SECRET.',
      );
    }
    this.#arrivals += 1;
    const arrival = this.#arrivals;
    for (;;) {
      const credential = await this.#room(arrival, claimant, signal);
      try {
        return await this.#open(credential, parameters, listener, signal);
      } catch (error) {
        credential.giveBackPlace();
        this.#wakeOne();
        if (!(error instanceof SttError)) throw error;
        const nowMs = performance.now();
        if (error.code === 'limit-reached' && credential.live > 0) {
          if (!credential.knowsLimit(nowMs)) this.#learnLimit(credential);
          continue; // the next round waits for room
        }
        if (error.code !== 'key-refused' && error.code !== 'balance-used-up') throw error;
        credential.refused(nowMs);
        if (this.#credentials.every((each) => each.isRefused(nowMs))) throw error;
      }
    }
  }

  /** Resolves when every session that is not needed any more has been ended, as far as the server answers. */
  async sessionsEnded(): Promise<void> {
    await Promise.all(this.#farewells);
  }

  /** Ends a session without anybody waiting for it. */
  #endSession(session: Session): Promise<void> {
    const ended = session.end().finally(() => this.#farewells.delete(ended));
    this.#farewells.add(ended);
    return ended;
  }

  /** An credential with room, already taken. */
  async #room(arrival: number, claimant: Claimant, signal: AbortSignal): Promise<Credential> {
    for (;;) {
      signal.throwIfAborted();
      const nowMs = performance.now();
      const usable = this.#credentials.filter((each) => !each.isRefused(nowMs));
      // When all are refused, the first is tried again: somebody may have put it right.
      const candidates = usable.length > 0 ? usable : this.#credentials.slice(0, 1);
      const isNext = this.#queue().every((waiter) => byAge(waiter, { arrival, claimant }) > 0);
      const roomy = candidates.filter((each) => isNext && each.hasRoom(nowMs)).sort((a, b) => a.held - b.held);
      const ready = roomy.find((each) => each.nextDialMs(nowMs) <= nowMs);
      if (ready !== undefined) {
        ready.takePlace();
        return ready;
      }
      const soonest = Math.min(
        ...roomy.map((each) => each.nextDialMs(nowMs)),
        ...candidates.map((each) => each.limitForgottenMs(nowMs)),
      );
      const longestMs = Math.min(soonest - nowMs, this.#limits.limitForgottenMs);
      await this.#waitForRoom({ arrival, claimant, needsSocket: roomy.length === 0 }, longestMs, signal);
    }
  }

  /** Those who need a socket that somebody has, the oldest speech first. */
  #queue(): readonly Waiter[] {
    return [...this.#waiters].filter(({ needsSocket }) => needsSocket).sort(byAge);
  }

  async #waitForRoom(who: Omit<Waiter, 'wake'>, longestMs: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiter = { ...who, wake: resolve };
    this.#waiters.add(waiter);
    const timer = setTimeout(resolve, longestMs);
    const left = () => resolve();
    signal.addEventListener('abort', left);
    if (who.needsSocket && who.claimant !== AFTER_EVERYBODY) this.onCrowded();
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', left);
      this.#waiters.delete(waiter);
    }
  }

  #wakeOne(): void {
    const [first = [...this.#waiters][0]] = this.#queue();
    if (first === undefined) return;
    this.#waiters.delete(first); // so that the next call wakes another one
    first.wake();
  }

  /** One fresh token is tried when the first is refused, or meets a session that has not gone yet. */
  async #open(
    credential: Credential,
    parameters: StreamParameters,
    listener: SocketListener,
    signal: AbortSignal,
  ): Promise<Lease> {
    try {
      return await this.#dial(credential, parameters, listener, signal);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.why.code === 'limit-reached')
        return await this.#afterConflict(credential, parameters, listener, signal);
    }
    return await this.#secondDial(credential, parameters, listener, signal);
  }

  async #afterConflict(
    credential: Credential,
    parameters: StreamParameters,
    listener: SocketListener,
    signal: AbortSignal,
  ): Promise<Lease> {
    await delay(this.#limits.afterConflictMs, undefined, { signal });
    const inquiry = async () => {
      if (credential.isOverfull(performance.now())) {
        throw new SttError('limit-reached', 'The Palabra credentials hold as many sockets as they may.');
      }
      return await this.#secondDial(credential, parameters, listener, signal);
    };
    return await credential.inquireAlone(inquiry, signal);
  }

  async #secondDial(
    credential: Credential,
    parameters: StreamParameters,
    listener: SocketListener,
    signal: AbortSignal,
  ): Promise<Lease> {
    try {
      return await this.#dial(credential, parameters, listener, signal);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // Said before the next one inquires.
      if (error.why.code === 'limit-reached' && credential.live > 0) this.#learnLimit(credential);
      throw error.why;
    }
  }

  #learnLimit(credential: Credential): void {
    credential.learnLimit(performance.now());
    this.#log.info({ sockets: credential.live }, 'Palabra credentials hold no more sockets than these');
  }

  async #dial(
    credential: Credential,
    parameters: StreamParameters,
    listener: SocketListener,
    signal: AbortSignal,
  ): Promise<Lease> {
    const session = await credential.newSession(performance.now(), signal);
    let socket: PalabraSocket;
    try {
      socket = await dial(streamAddress(this.#streamUrl, session.token, parameters), listener, this.#limits, signal);
    } catch (error) {
      void this.#endSession(session);
      if (error instanceof SttError && (error.code === 'key-refused' || error.code === 'limit-reached')) {
        throw new Refusal(error);
      }
      throw error;
    }
    credential.opened();
    return this.#lent(credential, session, socket);
  }

  #lent(credential: Credential, session: Session, socket: PalabraSocket): Lease {
    let released: Promise<void> | undefined;
    let hasWorked = false;
    const release = async () => {
      this.#releasing += 1;
      if (!socket.isOpen) credential.broke(performance.now());
      await socket.close();
      // The server may count the session for as long as it exists, so the room is free when that is gone.
      const tooLate = new AbortController();
      await Promise.race([
        this.#endSession(session),
        delay(this.#limits.closeMs, undefined, { signal: tooLate.signal }).catch(() => {}), // cancelled: the end won
      ]);
      tooLate.abort();
      credential.closed();
      this.#releasing -= 1;
      this.#wakeOne();
    };
    return {
      socket,
      worked: () => {
        if (hasWorked) return;
        hasWorked = true;
        credential.refundDial();
        this.#wakeOne();
      },
      release: () => {
        released ??= release();
        return released;
      },
    };
  }
}

function since(ms: number): Claimant {
  return { waitingSinceMs: () => ms };
}

function byAge(a: Pick<Waiter, 'arrival' | 'claimant'>, b: Pick<Waiter, 'arrival' | 'claimant'>): number {
  return a.claimant.waitingSinceMs() - b.claimant.waitingSinceMs() || a.arrival - b.arrival;
}

/** The upgrade was refused in a way that a fresh token may cure. */
class Refusal extends Error {
  readonly why: SttError;
  constructor(why: SttError) {
    super(why.message);
    this.why = why;
  }
}
