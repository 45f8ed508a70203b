/** Discord takes five edits in 5 s, of panel and transcript together. The panel has one of them, … */
const SOONEST_MS = 5_000;
/** … fewer while the transcript needs them, … */
const BUSY_MS = 15_000;
/** … and fewer for numbers alone, which change with every sentence. */
const FIGURES_MS = 20_000;
/** The transcript goes first for so long; then the panel takes its turn. */
const PATIENCE_MS = 30_000;

/** Says when a panel may be edited again. All times are those of `performance.now()`. */
export class EditTimes {
  #failures = 0; // in a row
  #notBeforeMs = 0;
  #figuresNotBeforeMs = 0;
  #heldUntilMs = 0; // Discord takes no edit before, not even an urgent one
  #broughtMs = 0;

  /** Whether Discord takes no edit at all. */
  isHeld(nowMs: number): boolean {
    return nowMs < this.#heldUntilMs;
  }

  /** @param isUrgent - the meeting is in another phase: that waits for a failure alone */
  mayEdit(nowMs: number, isUrgent: boolean): boolean {
    return nowMs >= this.#notBeforeMs || (isUrgent && this.#failures === 0);
  }

  /** Whether numbers alone are worth an edit. */
  areFiguresDue(nowMs: number): boolean {
    return nowMs >= this.#figuresNotBeforeMs;
  }

  /** Whether the panel has waited for the transcript for long enough. */
  isOverdue(nowMs: number): boolean {
    return nowMs - this.#broughtMs >= PATIENCE_MS;
  }

  /** How long it takes until an edit may go; negative when it might have gone before. */
  untilEditMs(nowMs: number): number {
    return this.#notBeforeMs - nowMs;
  }

  /** An edit has gone. @param isBusy - the transcript needs the channel's limit */
  noteEdited(nowMs: number, isBusy: boolean): void {
    this.#notBeforeMs = nowMs + (isBusy ? BUSY_MS : SOONEST_MS);
  }

  /** People see the newest, by an edit or a new message. */
  noteBrought(nowMs: number): void {
    this.#failures = 0;
    this.#broughtMs = nowMs;
    this.#figuresNotBeforeMs = nowMs + FIGURES_MS;
  }

  /** Discord has failed. @param delayOf - how long to wait after so many failures in a row */
  noteFailed(nowMs: number, delayOf: (failures: number) => number): void {
    this.#failures += 1;
    this.#notBeforeMs = nowMs + delayOf(this.#failures);
  }

  /** Other requests of this process go first. */
  noteCrowdedOut(nowMs: number): void {
    this.#figuresNotBeforeMs = nowMs + SOONEST_MS;
  }

  /** Discord takes no edit for a while. */
  hold(untilMs: number): void {
    this.#heldUntilMs = untilMs;
    this.#notBeforeMs = untilMs;
  }

  /** A new message takes the panel's place: that waits for nothing. */
  renewNow(nowMs: number): void {
    this.#notBeforeMs = nowMs;
  }
}
