import { setTimeout as delay } from 'node:timers/promises';
import { SttError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { RecogniserCounts } from '../../core/ports/metrics.ts';
import type { Limits } from '../limits.ts';
import { RefusedLanguages } from '../refused-languages.ts';
import { AFTER_EVERYBODY, AgeQueue, type Claim, type Claimant } from './age-queue.ts';
import { Credential } from './credential.ts';
import { type StreamParameters, streamAddress } from './protocol.ts';
import type { ClientCredentials, Session } from './session.ts';
import { openSocket, type PalabraSocket, type SocketListener } from './socket.ts';

/** One open socket, lent to one stream. */
export interface Lease {
  readonly socket: PalabraSocket;
  /** The socket produced text: its dial does not count against the budget. */
  worked(): void;
  /** Closes the socket with 1000, ends its session, makes room for the next. Safe to call twice. Never rejects. */
  release(): Promise<void>;
}

/** One socket to open: the stream's parameters, who listens to it, and a signal for when nobody needs it any more. */
export interface Dial {
  readonly parameters: StreamParameters;
  readonly listener: SocketListener;
  readonly signal: AbortSignal;
}

/** Opens sockets, as many as the credentials allow. Further claims wait in a queue, the oldest speech first. */
export class SocketPool {
  readonly #streamUrl: string;
  readonly #credentials: readonly Credential[];
  readonly #limits: Limits;
  readonly #log: Log;
  readonly #queue = new AgeQueue();
  readonly #farewells = new Set<Promise<void>>();
  readonly #dials = { opened: 0, 'key refused': 0, 'limit reached': 0, failed: 0 };
  #releasing = 0; // sockets that are being given back
  /** The languages that the service refused: shared by all streams. */
  readonly refusedLanguages = new RefusedLanguages();
  /** Called when a speaker has to wait for a free socket: streams that do not need theirs may give it back. */
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

  /** How many speakers wait until another one gives a socket back; waiting for the dial budget does not count. */
  get crowd(): number {
    return this.#queue.crowd; // asked for every frame
  }

  /** The sockets now, how many speakers wait for one, and every dial so far by its result. */
  get counts(): Pick<RecogniserCounts, 'sockets' | 'waiting' | 'dials'> {
    const open = this.#credentials.reduce((sum, { live }) => sum + live, 0);
    const held = this.#credentials.reduce((sum, each) => sum + each.held, 0);
    return { sockets: { open, opening: Math.max(0, held - open) }, waiting: this.crowd, dials: { ...this.#dials } };
  }

  /** Whether this claimant waits until a socket is given back. */
  isQueued(claimant: Claimant): boolean {
    return this.#queue.isQueued(claimant);
  }

  /** Whether more speakers with speech from before `sinceMs` wait than sockets are being given back. */
  isWanted(sinceMs: number): boolean {
    return this.#queue.countOlder(sinceMs) > this.#releasing;
  }

  /**
   * Opens a socket, after waiting for room if need be.
   *
   * @param claimant - default: speech that begins now
   * @throws {SttError} when it cannot be opened; or the signal's reason
   */
  async leaseSocket(dial: Dial, claimant: Claimant = since(performance.now())): Promise<Lease> {
    if (this.#credentials.length === 0) {
      throw new SttError(
        'key-refused',
        'There are no Palabra credentials: set PALABRA_CLIENT_ID and PALABRA_CLIENT_SECRET.',
      );
    }
    const claim = this.#queue.makeClaim(claimant);
    for (;;) {
      const credential = await this.#takeRoom(claim, dial.signal);
      try {
        return await this.#openWithin(credential, dial);
      } catch (error) {
        credential.giveBackPlace();
        this.#queue.wakeNext();
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

  /** Resolves when the requests to end all released sessions were answered or have timed out. */
  async sessionsEnded(): Promise<void> {
    await Promise.all(this.#farewells);
  }

  /** Ends a session in the background. */
  #endSession(session: Session): Promise<void> {
    const ended = session.end().finally(() => this.#farewells.delete(ended));
    this.#farewells.add(ended);
    return ended;
  }

  /** Waits for a credential with room for a socket and a dial, and takes the place. */
  async #takeRoom(claim: Claim, signal: AbortSignal): Promise<Credential> {
    for (;;) {
      signal.throwIfAborted();
      const nowMs = performance.now();
      const usable = this.#credentials.filter((each) => !each.isRefused(nowMs));
      // When all are refused, the first is tried again: somebody may have corrected it.
      const candidates = usable.length > 0 ? usable : this.#credentials.slice(0, 1);
      const isNext = this.#queue.isNext(claim);
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
      const needsSocket = roomy.length === 0;
      const turn = this.#queue.waitForTurn(claim, needsSocket, longestMs, signal);
      if (needsSocket && claim.claimant !== AFTER_EVERYBODY) this.onCrowded();
      await turn;
    }
  }

  /** Dials once more with a fresh token when the first is refused, or when an old session still counts. */
  async #openWithin(credential: Credential, dial: Dial): Promise<Lease> {
    try {
      return await this.#dialOnce(credential, dial);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.why.code === 'limit-reached') return await this.#dialAfterConflict(credential, dial);
    }
    return await this.#dialAgain(credential, dial);
  }

  async #dialAfterConflict(credential: Credential, dial: Dial): Promise<Lease> {
    await delay(this.#limits.afterConflictMs, undefined, { signal: dial.signal });
    const inquiry = async () => {
      if (credential.isOverfull(performance.now())) {
        throw new SttError('limit-reached', 'Palabra allows no more sockets for these credentials.');
      }
      return await this.#dialAgain(credential, dial);
    };
    return await credential.inquireAlone(inquiry, dial.signal);
  }

  async #dialAgain(credential: Credential, dial: Dial): Promise<Lease> {
    try {
      return await this.#dialOnce(credential, dial);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // Learned here, before the next dial inquires.
      if (error.why.code === 'limit-reached' && credential.live > 0) this.#learnLimit(credential);
      throw error.why;
    }
  }

  #learnLimit(credential: Credential): void {
    credential.learnLimit(performance.now());
    this.#log.info({ sockets: credential.live }, 'Learned how many sockets these Palabra credentials may hold');
  }

  async #dialOnce(credential: Credential, dial: Dial): Promise<Lease> {
    try {
      const lease = await this.#dialUncounted(credential, dial);
      this.#dials.opened += 1;
      return lease;
    } catch (error) {
      if (!dial.signal.aborted) this.#dials[resultOf(error)] += 1; // else nobody needed it any more
      throw error;
    }
  }

  async #dialUncounted(credential: Credential, { parameters, listener, signal }: Dial): Promise<Lease> {
    const session = await credential.newSession(performance.now(), signal);
    let socket: PalabraSocket;
    try {
      const address = streamAddress(this.#streamUrl, session.token, parameters);
      socket = await openSocket(address, listener, this.#limits, signal);
    } catch (error) {
      void this.#endSession(session);
      if (error instanceof SttError && (error.code === 'key-refused' || error.code === 'limit-reached')) {
        throw new Refusal(error);
      }
      throw error;
    }
    credential.opened();
    return this.#lendSocket(credential, session, socket);
  }

  #lendSocket(credential: Credential, session: Session, socket: PalabraSocket): Lease {
    let released: Promise<void> | undefined;
    let hasWorked = false;
    const release = async () => {
      this.#releasing += 1;
      if (!socket.isOpen) credential.broke(performance.now());
      await socket.close();
      // The server may count the session while it exists, so the place is free when that is gone.
      const tooLate = new AbortController();
      await Promise.race([
        this.#endSession(session),
        delay(this.#limits.closeMs, undefined, { signal: tooLate.signal }).catch(() => {}), // cancelled: it ended in time
      ]);
      tooLate.abort();
      credential.closed();
      this.#releasing -= 1;
      this.#queue.wakeNext();
    };
    return {
      socket,
      worked: () => {
        if (hasWorked) return;
        hasWorked = true;
        credential.refundDial();
        this.#queue.wakeNext();
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

/** What is counted of a dial that failed. */
function resultOf(error: unknown): 'key refused' | 'limit reached' | 'failed' {
  const code = error instanceof Refusal ? error.why.code : error instanceof SttError ? error.code : undefined;
  return code === 'key-refused' ? 'key refused' : code === 'limit-reached' ? 'limit reached' : 'failed';
}

/** A refused upgrade that may succeed with a fresh token. */
class Refusal extends Error {
  readonly why: SttError;
  constructor(why: SttError) {
    super(why.message);
    this.why = why;
  }
}
