import { Bell } from '../../core/concurrency/bell.ts';

/** Somebody who wants a socket. */
export interface Claimant {
  /** When the waiting speech began, on the clock of `performance.now()`. It may change while they wait. */
  readonly waitingSinceMs: () => number;
}

/** The claimant for audio that is not live speech: every speaker comes first. */
export const AFTER_EVERYBODY: Claimant = { waitingSinceMs: () => Number.POSITIVE_INFINITY };

/** One request for a socket. Among equally old speech, the earlier request comes first. */
export interface Claim {
  readonly claimant: Claimant;
  readonly arrival: number;
}

interface Waiter extends Claim {
  readonly needsSocket: boolean;
  readonly wake: () => void;
}

/** The claims that wait for a socket, or for the next dial to fit into the budget. The oldest speech is woken first. */
export class AgeQueue {
  readonly #waiters = new Set<Waiter>();
  #arrivals = 0;

  /** How many speakers wait until another one gives a socket back; waiting for the dial budget does not count. */
  get crowd(): number {
    let crowd = 0; // asked for every frame: counted, not listed
    for (const { needsSocket, claimant } of this.#waiters) if (needsSocket && claimant !== AFTER_EVERYBODY) crowd += 1;
    return crowd;
  }

  makeClaim(claimant: Claimant): Claim {
    this.#arrivals += 1;
    return { claimant, arrival: this.#arrivals };
  }

  /** Whether this claimant waits until a socket is given back. */
  isQueued(claimant: Claimant): boolean {
    return this.#byAge().some((waiter) => waiter.claimant === claimant);
  }

  /** Whether nobody with older speech waits until a socket is given back. */
  isNext(claim: Claim): boolean {
    return this.#byAge().every((waiter) => compareAge(waiter, claim) > 0);
  }

  /** How many wait until a socket is given back whose speech began before `sinceMs`. */
  countOlder(sinceMs: number): number {
    let older = 0;
    for (const { needsSocket, claimant } of this.#waiters) {
      if (needsSocket && claimant.waitingSinceMs() < sinceMs) older += 1;
    }
    return older;
  }

  /**
   * Waits until this claim is woken, `longestMs` have passed, or the signal is aborted; the caller checks which. The
   * claim counts as waiting from the call on.
   *
   * @param needsSocket - it waits for another speaker's socket, and not for the dial budget
   */
  async waitForTurn(claim: Claim, needsSocket: boolean, longestMs: number, signal: AbortSignal): Promise<void> {
    const turn = new Bell();
    const waiter = { ...claim, needsSocket, wake: () => turn.ring() };
    this.#waiters.add(waiter);
    await turn.wait(signal, longestMs);
    this.#waiters.delete(waiter);
  }

  /** Wakes the oldest speech that needs a socket; where none does, a claim that waits for the dial budget. */
  wakeNext(): void {
    const [first = [...this.#waiters][0]] = this.#byAge();
    if (first === undefined) return;
    this.#waiters.delete(first); // so that the next call wakes another one
    first.wake();
  }

  /** Wakes everybody: what they wait for may have changed in any way. */
  wakeAll(): void {
    const all = [...this.#waiters];
    this.#waiters.clear();
    for (const { wake } of all) wake();
  }

  #byAge(): readonly Waiter[] {
    return [...this.#waiters].filter(({ needsSocket }) => needsSocket).sort(compareAge);
  }
}

function compareAge(a: Claim, b: Claim): number {
  return a.claimant.waitingSinceMs() - b.claimant.waitingSinceMs() || a.arrival - b.arrival;
}
