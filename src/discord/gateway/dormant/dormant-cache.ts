import { Collection } from 'discord.js';

/** Stands in a cache for an object that nobody has asked for yet. */
export class Dormant<V> {
  readonly #wake: (id: string) => V | undefined;

  /** @param wake - makes the object; `undefined` when there is none after all */
  constructor(wake: (id: string) => V | undefined) {
    this.#wake = wake;
  }

  wake(id: string): V | undefined {
    return this.#wake(id);
  }
}

/**
 * A cache of discord.js's whose objects are made when somebody asks for them.
 *
 * To whoever reads it, it is a collection that holds everything: `get` makes the object, which stays from then on, and
 * to go through the values makes them all. Keys and size make none.
 */
export class DormantCache<V> extends Collection<string, V> {
  // discord.js warns of caches by other names, as most drop things.
  static override readonly name = 'Collection';

  readonly #putToSleep: (value: V) => Dormant<V> | undefined;

  /** @param putToSleep - what stands for an object that is added; `undefined`: itself */
  constructor(putToSleep: (value: V) => Dormant<V> | undefined) {
    super();
    this.#putToSleep = putToSleep;
  }

  /** Filters and copies are ordinary collections. */
  static override get [Symbol.species](): typeof Collection {
    return Collection;
  }

  override get(id: string): V | undefined {
    const entry = this.peek(id);
    return entry instanceof Dormant ? this.#wake(id, entry) : entry;
  }

  override set(id: string, value: V): this {
    return super.set(id, (this.#putToSleep(value) ?? value) as V); // whatever reads it wakes it
  }

  /** The entry as it is: an object, or what stands for it. */
  peek(id: string): V | Dormant<V> | undefined {
    return super.get(id);
  }

  /** The objects that somebody has asked for. */
  *awake(): Iterable<V> {
    for (const entry of super.values() as Iterable<V | Dormant<V>>) if (!(entry instanceof Dormant)) yield entry;
  }

  /** Removes what stands for an object, if nobody has asked for it. */
  forgetDormant(id: string): void {
    if (this.peek(id) instanceof Dormant) this.delete(id);
  }

  override values(): MapIterator<V> {
    this.#wakeAll();
    return super.values();
  }

  override entries(): MapIterator<[string, V]> {
    this.#wakeAll();
    return super.entries();
  }

  override [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  override forEach(take: (value: V, id: string, map: Map<string, V>) => void, self?: unknown): void {
    this.#wakeAll();
    super.forEach(take, self);
  }

  #wakeAll(): void {
    for (const id of this.keys()) this.get(id);
  }

  #wake(id: string, entry: Dormant<V>): V | undefined {
    const value = entry.wake(id);
    if (value === undefined) this.delete(id);
    else super.set(id, value);
    return value;
  }
}
