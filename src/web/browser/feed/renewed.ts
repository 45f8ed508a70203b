/** Values by their keys, of which sometimes all come anew. What is here stays until they have, so that nobody looks at an empty page. */
export class Renewed<T> {
  readonly #held = new Map<string, { readonly value: T; readonly visit: number }>();
  #visit = 0; // counts how often all came anew

  has(key: string): boolean {
    return this.#held.has(key);
  }

  get(key: string): T | undefined {
    return this.#held.get(key)?.value;
  }

  put(key: string, value: T): void {
    this.#held.set(key, { value, visit: this.#visit });
  }

  drop(key: string): void {
    this.#held.delete(key);
  }

  values(): T[] {
    return [...this.#held.values()].map(({ value }) => value);
  }

  /** All values will come anew. */
  beginAnew(): void {
    this.#visit += 1;
  }

  /** All values have come: what did not come again is gone. */
  settle(): void {
    for (const [key, { visit }] of this.#held) if (visit !== this.#visit) this.#held.delete(key);
  }
}
