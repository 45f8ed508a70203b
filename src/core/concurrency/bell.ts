type Woken = 'rung' | 'time is up' | 'aborted';

/** Wakes whoever waits for something to happen. */
export class Bell {
  readonly #waiters = new Set<(why: Woken) => void>();

  /** Wakes everybody who waits now. */
  ring(): void {
    for (const wake of this.#waiters) wake('rung');
  }

  /**
   * Resolves at the next ring, after `ms`, or when the signal aborts, whichever comes first. Never rejects.
   *
   * A ring that nobody waits for is forgotten: look at the state first, then wait, without an `await` in between.
   */
  wait(signal?: AbortSignal, ms?: number): Promise<Woken> {
    if (signal?.aborted) return Promise.resolve('aborted');
    const { promise, resolve } = Promise.withResolvers<Woken>();
    const wake = (why: Woken) => {
      this.#waiters.delete(wake);
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
      resolve(why);
    };
    const aborted = () => wake('aborted');
    const timer = ms === undefined ? undefined : setTimeout(wake, ms, 'time is up');
    this.#waiters.add(wake);
    signal?.addEventListener('abort', aborted);
    return promise;
  }
}
