/**
 * A map that holds a bounded number of entries: each new key beyond the limit pushes out the oldest.
 *
 * The age of a key counts from when it came in. Setting a key that is there changes its value, not its age; whoever wants
 * it to count as new deletes it first.
 */
export class Latest<K, V> extends Map<K, V> {
  readonly #limit: number;

  /** @throws {RangeError} when the limit leaves room for nothing */
  constructor(limit: number) {
    super();
    if (!(limit >= 1)) throw new RangeError(`Cannot keep the latest entries: the limit is ${limit}`);
    this.#limit = limit;
  }

  override set(key: K, value: V): this {
    super.set(key, value);
    for (const oldest of this.keys()) {
      if (this.size <= this.#limit) break;
      this.delete(oldest);
    }
    return this;
  }
}
