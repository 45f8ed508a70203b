/** A queue between someone who must not wait and one consumer who does. Unbounded: for events, not for audio. */
export class Inbox<T extends object> {
  readonly #items: T[] = [];
  #finished = false;
  #wake: () => void = () => {};

  put(item: T): void {
    if (this.#finished) return;
    this.#items.push(item);
    this.#wake();
  }

  /** No more items: the consumer gets what is left, then its loop ends. */
  finish(): void {
    this.#finished = true;
    this.#wake();
  }

  /** Everything put so far and from now on. An abort ends the loop with the signal's reason. */
  async *items(signal: AbortSignal): AsyncGenerator<T, void, undefined> {
    const wake = () => this.#wake();
    signal.addEventListener('abort', wake);
    try {
      while (true) {
        signal.throwIfAborted();
        const item = this.#items.shift();
        if (item) yield item;
        else if (this.#finished) return;
        else
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
      }
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }
}
