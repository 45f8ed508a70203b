/** Runs one task a turn of the event loop, in order: dozens of humans at their group arithmetic must not hold up audio. */
export class Turns {
  readonly #onIdle: () => void;
  #tasks: (() => void)[] = [];

  constructor(onIdle: () => void) {
    this.#onIdle = onIdle;
  }

  get isIdle(): boolean {
    return this.#tasks.length === 0;
  }

  take(task: () => void): void {
    this.#tasks.push(task);
    if (this.#tasks.length === 1) setImmediate(() => this.#run());
  }

  stop(): void {
    this.#tasks = [];
  }

  #run(): void {
    this.#tasks[0]?.();
    this.#tasks.shift(); // only now, so that what the task gives rise to does not start a second run
    if (this.#tasks.length > 0) setImmediate(() => this.#run());
    else this.#onIdle();
  }
}
