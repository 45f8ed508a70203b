import type { TranscriptSegment } from '../segment.ts';

/** Something that was told in a meeting, as it was told: words still being spoken, a final, or a translation. */
export interface Told {
  readonly segment: TranscriptSegment;
  readonly name: string; // of who spoke
}

/** Called for each, at once: must neither wait nor throw. `over`: nothing more comes. */
export type Listener = (told: Told | 'over') => void;

/** Who follows a meeting besides its channel. */
export class Audience {
  readonly #listeners = new Set<Listener>();
  readonly #changed: (isThere: boolean) => void;
  #isOver = false;

  /** @param changed - told when the first one comes, and when the last one went */
  constructor(changed: (isThere: boolean) => void = () => {}) {
    this.#changed = changed;
  }

  /** Whether there is anybody. */
  get isThere(): boolean {
    return this.#listeners.size > 0;
  }

  /** Hears from now on. @returns what ends it */
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

  tell(told: Told): void {
    for (const listener of this.#listeners) listener(told);
  }

  close(): void {
    this.#isOver = true;
    for (const listener of this.#listeners) listener('over');
    this.#listeners.clear();
  }
}
