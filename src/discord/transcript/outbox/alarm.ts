/** Wakes whoever sleeps before their time is up: there is news, and what they were about to do may not be best any more. */
export class Alarm {
  #news = Promise.withResolvers<void>();

  ring(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }

  /** Resolves after `ms`, or when the alarm rings. Rejects with the signal's reason. */
  async sleep(ms: number, signal: AbortSignal): Promise<void> {
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
