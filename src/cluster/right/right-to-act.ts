const STUCK_MS = 20_000; // renewals end within two seconds even when the database is away
const FROZEN_MS = 2_500; // renewals end within two seconds, one each second: whoever saw none for longer stood still
const UNHEARD_MS = 3_500; // Discord is asked every two seconds, and a question fails after less than one and a half

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
 * - So it does not go on where Discord is not heard either: it is cut off from everything, and the others take over.
 * - A process that stood still knows nothing: others may have taken over everything while the database was there.
 */
export class RightToAct {
  readonly #membership: Term;
  readonly #nowMs: () => number;
  #isDatabaseAway = false;
  #heardMs: number; // when the last renewal ended, either way
  #discordHeardMs = Number.NEGATIVE_INFINITY; // when Discord last answered a question of the gateway
  #readIn: AbortSignal | undefined; // the term in which it was last read what this process owns
  #contact = new AbortController();

  constructor(membership: Term, nowMs: () => number = () => performance.now()) {
    this.#membership = membership;
    this.#nowMs = nowMs;
    this.#heardMs = nowMs(); // it has just joined
  }

  /** A renewal of the membership has ended. */
  noteRenewal(succeeded: boolean): void {
    this.#isDatabaseAway = !succeeded;
    this.#heardMs = this.#nowMs();
    if (!succeeded && this.#isCutOff)
      this.#contact.abort(new Error('This process is cut off from Discord and the database'));
    else if (succeeded && this.#contact.signal.aborted) this.#contact = new AbortController();
  }

  /** Discord has answered by the gateway, on which it says what became of voice seats before it answers. */
  noteDiscord(): void {
    this.#discordHeardMs = this.#nowMs();
  }

  /** What this process owns was read in this term. */
  noteRead(term: AbortSignal): void {
    this.#readIn = term;
  }

  mayAct(): boolean {
    if (this.#membership.isAlive()) return this.#membership.term === this.#readIn;
    if (this.#nowMs() - this.#heardMs > FROZEN_MS) this.#isDatabaseAway = false;
    return this.#isDatabaseAway && !this.#isCutOff;
  }

  /**
   * Aborts within a second when this process is cut off from Discord and the database: what it has begun must not leave when the
   * network is back. Each time of contact has its own signal.
   */
  get contact(): AbortSignal {
    return this.#contact.signal;
  }

  /** Whether renewals go on, with success or without. If not, only another start can help. */
  get isSound(): boolean {
    return this.#nowMs() - this.#heardMs < STUCK_MS;
  }

  /** Whether the database has not answered lately. */
  get isDatabaseAway(): boolean {
    return this.#isDatabaseAway;
  }

  get #isCutOff(): boolean {
    return !this.#membership.isAlive() && this.#nowMs() - this.#discordHeardMs > UNHEARD_MS;
  }
}
