import type { Listener, ListenerNeeds, PublishedSegment } from '../ports/live-meetings.ts';

/** The listeners that follow a meeting besides its channel. */
export class Audience {
  readonly #listeners = new Map<Listener, ListenerNeeds>();
  readonly #changed: (isThere: boolean) => void;
  #isOver = false;

  /** @param changed - called when the first listener that needs growing words comes, and when the last one has gone */
  constructor(changed: (isThere: boolean) => void = () => {}) {
    this.#changed = changed;
  }

  /** Whether anybody listens to words that grow. */
  get isThere(): boolean {
    return [...this.#listeners.values()].some(({ needsGrowing }) => needsGrowing);
  }

  /** Calls the listener from now on. @returns a function that ends that */
  listen(listener: Listener, needs: ListenerNeeds = { needsGrowing: true }): () => void {
    if (this.#isOver) listener('over');
    else this.#change(() => this.#listeners.set(listener, needs));
    return () => this.#change(() => this.#listeners.delete(listener));
  }

  publish(news: PublishedSegment): void {
    for (const listener of this.#listeners.keys()) listener(news);
  }

  close(): void {
    this.#isOver = true;
    for (const listener of this.#listeners.keys()) listener('over');
    this.#listeners.clear();
  }

  #change(change: () => void): void {
    const before = this.isThere;
    change();
    if (this.isThere !== before) this.#changed(this.isThere);
  }
}
