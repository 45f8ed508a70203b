import type { Listener, PublishedSegment } from '../ports/live-meetings.ts';

/** The listeners that follow a meeting besides its channel. */
export class Audience {
  readonly #listeners = new Set<Listener>();
  readonly #changed: (isThere: boolean) => void;
  #isOver = false;

  /** @param changed - called when the first listener comes and when the last one has gone */
  constructor(changed: (isThere: boolean) => void = () => {}) {
    this.#changed = changed;
  }

  /** Whether anybody listens. */
  get isThere(): boolean {
    return this.#listeners.size > 0;
  }

  /** Calls the listener from now on. @returns a function that ends that */
  listen(listener: Listener): () => void {
    if (this.#isOver) listener('over');
    else {
      this.#listeners.add(listener);
      if (this.#listeners.size === 1) this.#changed(true);
    }
    return () => {
      if (this.#listeners.delete(listener) && !this.isThere) this.#changed(false);
    };
  }

  publish(news: PublishedSegment): void {
    for (const listener of this.#listeners) listener(news);
  }

  close(): void {
    this.#isOver = true;
    for (const listener of this.#listeners) listener('over');
    this.#listeners.clear();
  }
}
