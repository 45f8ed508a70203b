/** Runs actions of the same key one after the other, and those of different keys in parallel. */
export class InTurn {
  readonly #last = new Map<string, Promise<unknown>>();

  async run<T>(key: string, action: () => Promise<T>): Promise<T> {
    // An action that failed has told its caller; the next one runs all the same.
    const turn = (this.#last.get(key) ?? Promise.resolve()).then(action, action);
    this.#last.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.#last.get(key) === turn) this.#last.delete(key);
    }
  }
}
