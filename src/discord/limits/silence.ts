/** Notices when nothing has come for too long, unless it is known why. */
export class Silence {
  readonly #limitMs: number;
  readonly #tooLong: () => void;
  readonly #reasons = new Set<symbol>();
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  /** Listens from now on. */
  constructor(limitMs: number, tooLong: () => void) {
    this.#limitMs = limitMs;
    this.#tooLong = tooLong;
    this.hearNews();
  }

  readonly hearNews = (): void => {
    clearTimeout(this.#timer);
    if (!this.#isOver && this.#reasons.size === 0) this.#timer = setTimeout(this.#tooLong, this.#limitMs);
  };

  /** There is a reason for silence. @returns call it when there is none any more */
  readonly excuse = (): (() => void) => {
    const reason = Symbol('reason');
    this.#reasons.add(reason);
    this.hearNews();
    return () => {
      this.#reasons.delete(reason);
      this.hearNews();
    };
  };

  /** Stops listening. */
  end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }
}
