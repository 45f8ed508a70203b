import { setTimeout as delay } from 'node:timers/promises';
import { SttError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { RecogniserCounts } from '../../core/ports/metrics.ts';
import type { Limits } from '../limits.ts';
import type { Credential } from './credential.ts';
import { type StreamParameters, streamAddress } from './protocol.ts';
import type { Session } from './session.ts';
import { openSocket, type PalabraSocket, type SocketListener } from './socket.ts';

/** One socket to open: the stream's parameters, who listens to it, and a signal for when nobody needs it any more. */
export interface Dial {
  readonly parameters: StreamParameters;
  readonly listener: SocketListener;
  readonly signal: AbortSignal;
}

/** An open socket, and the session that it was opened with. */
export interface Dialled {
  readonly session: Session;
  readonly socket: PalabraSocket;
}

/** Opens sockets one by one, and learns from refusals how many sockets a credential may hold. */
export class Dialler {
  readonly #streamUrl: string;
  readonly #limits: Limits;
  readonly #log: Log;
  readonly #farewells = new Set<Promise<void>>();
  readonly #counts = { opened: 0, 'key refused': 0, 'limit reached': 0, failed: 0 };

  constructor(streamUrl: string, limits: Limits, log: Log) {
    this.#streamUrl = streamUrl;
    this.#limits = limits;
    this.#log = log;
  }

  /**
   * Dials; once more with a fresh token when the first is refused, or when an old session still counts.
   *
   * @throws {SttError} when no socket opens; or the signal's reason
   */
  async openSocket(credential: Credential, dial: Dial): Promise<Dialled> {
    try {
      return await this.#dialOnce(credential, dial);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.why.code === 'limit-reached') {
        if (credential.isOccupied && credential.live === 0) throw error.why; // that is what was to be found out
        return await this.#dialAfterConflict(credential, dial);
      }
    }
    return await this.#dialAgain(credential, dial);
  }

  async #dialAfterConflict(credential: Credential, dial: Dial): Promise<Dialled> {
    await delay(this.#limits.afterConflictMs, undefined, { signal: dial.signal });
    const inquiry = async () => {
      if (credential.isOverfull(performance.now()) || (credential.isOccupied && credential.live === 0)) {
        throw new SttError('limit-reached', 'Palabra allows no more sockets for these credentials.');
      }
      return await this.#dialAgain(credential, dial);
    };
    return await credential.inquireAlone(inquiry, dial.signal);
  }

  async #dialAgain(credential: Credential, dial: Dial): Promise<Dialled> {
    try {
      return await this.#dialOnce(credential, dial);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // Learned here, before the next dial inquires.
      if (error.why.code === 'limit-reached') {
        if (credential.live > 0) this.learnLimit(credential);
        else credential.occupied(performance.now());
      }
      throw error.why;
    }
  }

  learnLimit(credential: Credential): void {
    credential.learnLimit(performance.now());
    this.#log.info({ sockets: credential.live }, 'Learned how many sockets these Palabra credentials may hold');
  }

  async #dialOnce(credential: Credential, dial: Dial): Promise<Dialled> {
    try {
      const dialled = await this.#dialUncounted(credential, dial);
      this.#counts.opened += 1;
      return dialled;
    } catch (error) {
      if (!dial.signal.aborted) this.#counts[resultOf(error)] += 1; // else nobody needed it any more
      throw error;
    }
  }

  async #dialUncounted(credential: Credential, { parameters, listener, signal }: Dial): Promise<Dialled> {
    const session = await credential.newSession(performance.now(), signal);
    let socket: PalabraSocket;
    try {
      const address = streamAddress(this.#streamUrl, session.token, parameters);
      socket = await openSocket(address, listener, this.#limits, signal);
    } catch (error) {
      void this.endSession(credential, session);
      if (error instanceof SttError && (error.code === 'key-refused' || error.code === 'limit-reached')) {
        throw new Refusal(error);
      }
      throw error;
    }
    credential.opened();
    return { session, socket };
  }

  /** Every dial so far by its result. */
  get counts(): RecogniserCounts['dials'] {
    return { ...this.#counts };
  }

  /** Ends a session in the background. Never rejects. */
  endSession(credential: Credential, session: Session): Promise<void> {
    return this.#sayFarewell(credential.endSession(session));
  }

  /** Ends sessions that a dead process left open. Never rejects. */
  endLeftBehind(credential: Credential, ids: readonly string[]): Promise<void> {
    return this.#sayFarewell(credential.endLeftBehind(ids));
  }

  /** Resolves when the requests to end all sessions were answered or have timed out. */
  async sessionsEnded(): Promise<void> {
    await Promise.all(this.#farewells);
  }

  #sayFarewell(farewell: Promise<void>): Promise<void> {
    const said = farewell.finally(() => this.#farewells.delete(said));
    this.#farewells.add(said);
    return said;
  }
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
