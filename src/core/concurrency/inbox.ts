import { Bell } from './bell.ts';

/** A queue between someone who must not wait and one consumer who does. Unbounded: for events, not for audio. */
export class Inbox<T extends object> {
  readonly #items: T[] = [];
  readonly #news = new Bell();
  #isFinished = false;

  put(item: T): void {
    if (this.#isFinished) return;
    this.#items.push(item);
    this.#news.ring();
  }

  /** No more items: the consumer gets what is left, then its loop ends. */
  finish(): void {
    this.#isFinished = true;
    this.#news.ring();
  }

  /** Everything put so far and from now on. An abort ends the loop with the signal's reason. */
  async *items(signal: AbortSignal): AsyncGenerator<T, void, undefined> {
    while (true) {
      signal.throwIfAborted();
      const item = this.#items.shift();
      if (item) yield item;
      else if (this.#isFinished) return;
      else await this.#news.wait(signal);
    }
  }
}
