/** What a loop does next. */
export interface Step {
  readonly waitMs: number;
  readonly run: () => Promise<void>;
}

interface LoopParts {
  /** The next step; `undefined` while there is nothing to do. Asked anew after each step, and after each wait. */
  readonly plan: () => Step | undefined;
  /** The loop has run out of steps; with an error when a step or the plan threw. */
  readonly stopped: (failure: { readonly error: unknown } | undefined) => void;
  readonly signal: AbortSignal;
}

/** Runs one step after another for as long as its plan names one, and rests until it is woken. */
export class Loop {
  readonly #parts: LoopParts;
  #isRunning = false;
  #news = Promise.withResolvers<void>();

  constructor(parts: LoopParts) {
    this.#parts = parts;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /**
   * Has the loop plan anew: there may be something to do, or something better than what it waits for. Returns at once.
   */
  wake(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers();
    if (this.#isRunning || !this.#hasStep()) return;
    this.#isRunning = true;
    void this.#runSteps().then(
      () => this.#stop(undefined),
      (error: unknown) => this.#stop({ error }),
    );
  }

  #hasStep(): boolean {
    try {
      return this.#parts.plan() !== undefined;
    } catch (error) {
      this.#parts.stopped({ error });
      return false;
    }
  }

  async #runSteps(): Promise<void> {
    const { plan } = this.#parts;
    await undefined; // everything that is called in this tick joins the first step
    for (let step = plan(); step; step = plan()) {
      if (step.waitMs > 0) await this.#sleep(step.waitMs);
      else await step.run();
    }
  }

  #stop(failure: { readonly error: unknown } | undefined): void {
    this.#isRunning = false;
    this.#parts.stopped(failure);
  }

  /** Resolves after `ms`, or when there is news. Rejects with the signal's reason. */
  async #sleep(ms: number): Promise<void> {
    const { signal } = this.#parts;
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    void this.#news.promise.then(resolve);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }
}
