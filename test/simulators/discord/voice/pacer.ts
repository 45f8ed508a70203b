const GRAIN_MS = 5; // finer would wake the loop for each speaker apart, coarser would be heard as jitter

/** Milliseconds since the epoch that never jump: the clock of everything this simulator reports. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * One timer for everything that has to happen later: all speakers' packets and all delayed datagrams.
 *
 * Tasks run in the order of their times, on a grid of 5 ms; a late loop runs all that is due. The timer stands still
 * while nothing is planned.
 */
export class Pacer {
  readonly #slots = new Map<number, (() => void)[]>();
  #timer: NodeJS.Timeout | undefined;
  #next = Number.POSITIVE_INFINITY; // slot the timer is set for
  #done = Number.NEGATIVE_INFINITY; // last slot that was run
  #stopped = false;

  /** The first moment on the grid at or after `atMs`. */
  static align(atMs: number): number {
    return Math.ceil(atMs / GRAIN_MS) * GRAIN_MS;
  }

  at(atMs: number, task: () => void): void {
    if (this.#stopped) return;
    const slot = Math.max(Math.ceil(atMs / GRAIN_MS), this.#done + 1);
    const tasks = this.#slots.get(slot);
    if (tasks === undefined) this.#slots.set(slot, [task]);
    else tasks.push(task);
    if (slot < this.#next) this.#arm(slot);
  }

  /** Drops everything planned. */
  stop(): void {
    this.#stopped = true;
    this.#slots.clear();
    clearTimeout(this.#timer);
  }

  #arm(slot: number): void {
    clearTimeout(this.#timer);
    this.#next = slot;
    this.#timer = setTimeout(() => this.#run(), Math.max(0, slot * GRAIN_MS - nowMs()));
  }

  #run(): void {
    const due = Math.floor(nowMs() / GRAIN_MS);
    this.#next = Number.POSITIVE_INFINITY;
    const slots = [...this.#slots.keys()].filter((slot) => slot <= due).sort((a, b) => a - b);
    for (const slot of slots) {
      const tasks = this.#slots.get(slot) ?? [];
      this.#slots.delete(slot);
      this.#done = slot;
      for (const task of tasks) task();
    }
    let earliest = Number.POSITIVE_INFINITY;
    for (const slot of this.#slots.keys()) if (slot < earliest) earliest = slot;
    if (earliest < this.#next) this.#arm(earliest);
  }
}
