interface Held<T> {
  readonly value: Promise<T>;
  users: number;
  isClosed: boolean;
  timer?: NodeJS.Timeout;
}

interface SharedParts<T> {
  close(value: T): void;
  /** Whether it is closed as soon as nobody uses it. */
  isOver(value: T): boolean;
}

/** So that a page that is loaded again, or was cut off for a while, does not make us read the record anew. */
const LINGER_MS = 60_000;

/** Opens things once for all who use them at the same time, and closes each a while after the last one has left. */
export class Shared<T> implements Disposable {
  readonly #parts: SharedParts<T>;
  readonly #held = new Map<string, Held<T>>();

  constructor(parts: SharedParts<T>) {
    this.#parts = parts;
  }

  /**
   * @param open - called when nobody has opened it yet
   * @returns the thing, and a function that gives it back
   * @throws what `open` throws, to everybody who waits for it
   */
  async join(key: string, open: () => Promise<T>): Promise<[T, () => void]> {
    const held = this.#held.get(key) ?? this.#open(key, open);
    clearTimeout(held.timer);
    held.users += 1;
    let isThere = true;
    const leave = () => {
      if (!isThere) return;
      isThere = false;
      held.users -= 1;
      if (held.users === 0) this.#linger(key, held);
    };
    try {
      return [await held.value, leave];
    } catch (error) {
      this.#close(key, held);
      throw error;
    }
  }

  [Symbol.dispose](): void {
    for (const [key, held] of this.#held) this.#close(key, held);
  }

  #open(key: string, open: () => Promise<T>): Held<T> {
    const held: Held<T> = { value: Promise.resolve().then(open), users: 0, isClosed: false };
    this.#held.set(key, held);
    return held;
  }

  #linger(key: string, held: Held<T>): void {
    void held.value.then((value) => {
      if (held.users > 0 || held.isClosed) return;
      if (this.#parts.isOver(value)) this.#close(key, held);
      else held.timer = setTimeout(() => this.#close(key, held), LINGER_MS).unref();
    });
  }

  #close(key: string, held: Held<T>): void {
    clearTimeout(held.timer);
    if (this.#held.get(key) === held) this.#held.delete(key);
    if (held.isClosed) return;
    held.isClosed = true;
    void held.value.then(
      (value) => this.#parts.close(value),
      () => {}, // whoever joined has the error
    );
  }
}
