const STUCK_MS = 20_000; // renewals end within two seconds even when the database is away
const FROZEN_MS = 2_500; // renewals end within two seconds, one each second: whoever saw none for longer stood still

/** What this asks of a membership. */
interface Term {
  isAlive(): boolean;
  readonly term: AbortSignal;
}

/**
 * Whether this process may make requests: for as long as nobody else can have taken over what it does.
 *
 * - While its term in the cluster goes on, it may, as soon as it has read what it owns in this term.
 * - When the database cannot be reached, its term ends, but nobody else can take over anything either. It goes on until the
 *   database answers. A process that is cut off alone learns from Discord that another one took its seat.
 * - A process that stood still knows nothing: others may have taken over everything while the database was there.
 */
export class RightToAct {
  readonly #membership: Term;
  readonly #nowMs: () => number;
  #isDatabaseAway = false;
  #heardMs: number; // when the last renewal ended, either way
  #readIn: AbortSignal | undefined; // the term in which it was last read what this process owns

  constructor(membership: Term, nowMs: () => number = () => performance.now()) {
    this.#membership = membership;
    this.#nowMs = nowMs;
    this.#heardMs = nowMs(); // it has just joined
  }

  /** A renewal of the membership has ended. */
  noteRenewal(succeeded: boolean): void {
    this.#isDatabaseAway = !succeeded;
    this.#heardMs = this.#nowMs();
  }

  /** What this process owns was read in this term. */
  noteRead(term: AbortSignal): void {
    this.#readIn = term;
  }

  mayAct(): boolean {
    if (this.#membership.isAlive()) return this.#membership.term === this.#readIn;
    if (this.#nowMs() - this.#heardMs > FROZEN_MS) this.#isDatabaseAway = false;
    return this.#isDatabaseAway;
  }

  /** Whether renewals go on, with success or without. If not, only another start can help. */
  get isSound(): boolean {
    return this.#nowMs() - this.#heardMs < STUCK_MS;
  }

  /** Whether the database has not answered lately. */
  get isDatabaseAway(): boolean {
    return this.#isDatabaseAway;
  }
}
