import { Bell } from '../../../core/concurrency/bell.ts';

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
  readonly #news = new Bell();

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
    this.#news.ring();
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
    const { plan, signal } = this.#parts;
    await undefined; // everything that is called in this tick joins the first step
    for (let step = plan(); step; step = plan()) {
      signal.throwIfAborted();
      if (step.waitMs > 0) await this.#news.wait(signal, step.waitMs);
      else await step.run();
    }
  }

  #stop(failure: { readonly error: unknown } | undefined): void {
    this.#isRunning = false;
    this.#parts.stopped(failure);
  }
}
