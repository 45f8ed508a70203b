import { setTimeout as delay } from 'node:timers/promises';
import { SttError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { RecogniserCounts } from '../../core/ports/metrics.ts';
import type {
  CredentialShare,
  CredentialShares,
  CredentialUse,
  CredentialUser,
} from '../../core/ports/speech-to-text.ts';
import type { Limits } from '../limits.ts';
import { RefusedLanguages } from '../refused-languages.ts';
import { AFTER_EVERYBODY, AgeQueue, type Claim, type Claimant } from './age-queue.ts';
import { Credential } from './credential.ts';
import { type Dial, type Dialled, Dialler } from './dialler.ts';
import type { ClientCredentials } from './session.ts';
import type { PalabraSocket } from './socket.ts';

const LOOK_AGAIN_MS = 1_000; // while older speech of another process goes first

/** One open socket, lent to one stream. */
export interface Lease {
  readonly socket: PalabraSocket;
  /** Whether its credential is another process's by now: it should be released when its utterance is text. */
  readonly isUnwanted: boolean;
  /** The socket produced text: its dial does not count against the budget. */
  worked(): void;
  /** Closes the socket with 1000, ends its session, makes room for the next. Safe to call twice. Never rejects. */
  release(): Promise<void>;
}

export interface PoolOptions {
  readonly apiUrl: string;
  readonly streamUrl: string;
  readonly credentials: readonly ClientCredentials[];
  readonly apiKey?: string; // instead of the credentials
  readonly shares?: CredentialShares; // missing: all credentials are this process's alone
}

/**
 * Opens sockets, as many as the credentials allow. Further claims wait in a queue, the oldest speech first; so do claims
 * while other processes hold all sockets.
 */
export class SocketPool implements CredentialUser {
  readonly #dialler: Dialler;
  readonly #credentials: readonly Credential[];
  readonly #limits: Limits;
  readonly #queue = new AgeQueue();
  readonly #claims = new Set<Claim>(); // that have no socket yet: they wait, or it is being opened
  #releasing = 0; // sockets that are being given back
  /** The languages that the service refused: shared by all streams. */
  readonly refusedLanguages = new RefusedLanguages();
  /** Called when a speaker has to wait for a free socket: streams that do not need theirs may give it back. */
  onCrowded: () => void = () => {};

  constructor(options: PoolOptions, limits: Limits, log: Log) {
    this.#dialler = new Dialler(options.streamUrl, limits, log);
    this.#limits = limits;
    this.#credentials =
      options.apiKey !== undefined
        ? [Credential.ofKey(options.apiKey, limits)]
        : options.credentials.map((each) => Credential.of(options.apiUrl, each, limits));
    if (options.shares) this.allowCredentials([]);
    options.shares?.connect(this);
  }

  get clientIds(): readonly string[] {
    return this.#credentials.map(({ clientId }) => clientId);
  }

  allowCredentials(shares: readonly CredentialShare[]): void {
    for (const credential of this.#credentials) {
      const share = shares.find(({ clientId }) => clientId === credential.clientId);
      credential.allowShare(share, performance.now());
      if (share && share.leftBehind.length > 0)
        void this.#dialler.endLeftBehind(credential, share.leftBehind).then(() => this.#queue.wakeAll());
    }
    if (this.#countWanted(Number.POSITIVE_INFINITY) > 0) this.onCrowded();
    this.#queue.wakeAll();
  }

  useOf(clientId: string): CredentialUse {
    const credential = this.#credentials.find((each) => each.clientId === clientId);
    if (!credential) return { sessions: [], sockets: 0 };
    const { sessions, held, learnedSockets } = credential;
    const oldestMs = Math.min(...[...this.#claims].map(({ claimant }) => claimant.waitingSinceMs()));
    return {
      sessions,
      sockets: held,
      ...(learnedSockets !== undefined && { learnedSockets }),
      ...(credential.isOccupied && Number.isFinite(oldestMs) && { waitingSinceMs: oldestMs }),
    };
  }

  /** How many speakers wait until another one gives a socket back; waiting for the dial budget does not count. */
  get crowd(): number {
    return this.#queue.crowd + this.#countWanted(Number.POSITIVE_INFINITY); // asked for every frame
  }

  /** How many credentials of ours are wanted by other processes for speech from before `sinceMs`. */
  #countWanted(sinceMs: number): number {
    const nowMs = performance.now();
    let wanted = 0;
    for (const credential of this.#credentials) if (credential.wantedSinceMs(nowMs) < sinceMs) wanted += 1;
    return wanted;
  }

  /** The sockets now, how many speakers wait for one, and every dial so far by its result. */
  get counts(): Pick<RecogniserCounts, 'sockets' | 'waiting' | 'dials'> {
    const open = this.#credentials.reduce((sum, { live }) => sum + live, 0);
    const held = this.#credentials.reduce((sum, each) => sum + each.held, 0);
    return { sockets: { open, opening: Math.max(0, held - open) }, waiting: this.crowd, dials: this.#dialler.counts };
  }

  /** Whether this claimant waits until a socket is given back. */
  isQueued(claimant: Claimant): boolean {
    return this.#queue.isQueued(claimant);
  }

  /** Whether more speakers with speech from before `sinceMs` wait than sockets are being given back. */
  isWanted(sinceMs: number): boolean {
    return this.#queue.countOlder(sinceMs) + this.#countWanted(sinceMs) > this.#releasing;
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
    this.#claims.add(claim);
    try {
      return await this.#serveClaim(claim, dial);
    } finally {
      this.#claims.delete(claim);
    }
  }

  async #serveClaim(claim: Claim, dial: Dial): Promise<Lease> {
    for (;;) {
      const credential = await this.#takeRoom(claim, dial.signal);
      try {
        return this.#lendSocket(credential, await this.#dialler.openSocket(credential, dial));
      } catch (error) {
        credential.giveBackPlace();
        this.#queue.wakeNext();
        if (!(error instanceof SttError)) throw error;
        const nowMs = performance.now();
        if (error.code === 'limit-reached') {
          if (credential.live === 0)
            credential.occupied(nowMs); // also where the session was refused already
          else if (!credential.knowsLimit(nowMs)) this.#dialler.learnLimit(credential);
          continue; // the next round waits for room
        }
        if (error.code !== 'key-refused' && error.code !== 'balance-used-up') throw error;
        credential.refused(nowMs);
        if (this.#credentials.every((each) => !each.isAllowed || each.isRefused(nowMs))) throw error;
      }
    }
  }

  /** Resolves when the requests to end all released sessions were answered or have timed out. */
  async sessionsEnded(): Promise<void> {
    await this.#dialler.sessionsEnded();
  }

  /** Waits for a credential with room for a socket and a dial, and takes the place. */
  async #takeRoom(claim: Claim, signal: AbortSignal): Promise<Credential> {
    for (;;) {
      signal.throwIfAborted();
      const nowMs = performance.now();
      const allowed = this.#credentials.filter((each) => each.isAllowed);
      const usable = allowed.filter((each) => !each.isRefused(nowMs));
      // When all are refused, the first is tried again: somebody may have corrected it.
      const candidates = usable.length > 0 ? usable : allowed.slice(0, 1);
      const isNext = this.#queue.isNext(claim);
      const sinceMs = claim.claimant.waitingSinceMs();
      const roomy = candidates
        .filter((each) => isNext && each.hasRoom(nowMs) && each.wantedSinceMs(nowMs) >= sinceMs)
        .sort((a, b) => a.held - b.held);
      const ready = roomy.find((each) => each.nextDialMs(nowMs) <= nowMs);
      if (ready !== undefined) {
        ready.takePlace();
        return ready;
      }
      const soonest = Math.min(
        ...roomy.map((each) => each.nextDialMs(nowMs)),
        ...candidates.map((each) => Math.min(each.limitForgottenMs(nowMs), each.occupiedUntilMs(nowMs))),
      );
      const isOthersTurn = this.#countWanted(sinceMs) > 0;
      const longestMs = Math.min(soonest - nowMs, isOthersTurn ? LOOK_AGAIN_MS : this.#limits.limitForgottenMs);
      const needsSocket = roomy.length === 0;
      const turn = this.#queue.waitForTurn(claim, needsSocket, longestMs, signal);
      if (needsSocket && claim.claimant !== AFTER_EVERYBODY) this.onCrowded();
      await turn;
    }
  }

  #lendSocket(credential: Credential, { session, socket }: Dialled): Lease {
    let released: Promise<void> | undefined;
    let hasWorked = false;
    const release = async () => {
      this.#releasing += 1;
      if (!socket.isOpen) credential.broke(performance.now());
      await socket.close();
      // The server may count the session while it exists, so the place is free when that is gone.
      const tooLate = new AbortController();
      await Promise.race([
        this.#dialler.endSession(credential, session),
        delay(this.#limits.closeMs, undefined, { signal: tooLate.signal }).catch(() => {}), // cancelled: it ended in time
      ]);
      tooLate.abort();
      credential.closed();
      this.#releasing -= 1;
      this.#queue.wakeNext();
    };
    return {
      socket,
      get isUnwanted() {
        return !credential.isAllowed;
      },
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
