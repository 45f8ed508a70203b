import { patiently } from './patiently.ts';
import { reasonOf, StorageError } from './storage-error.ts';

/** Repeats what a lock or a broken connection prevents, until the database closes: every write may be repeated. */
export class Attempts {
  /** Aborts when the database closes. */
  readonly closing: AbortSignal;
  readonly #what: string;

  /** @param what - ends the sentence of an error: 'transcripts' */
  constructor(closing: AbortSignal, what: string) {
    this.closing = closing;
    this.#what = what;
  }

  /** @throws the last error */
  readonly patiently = <T>(action: () => Promise<T>): Promise<T> => patiently(action, this.closing);

  /** @throws {StorageError} `superseded` as it came; else `failed`, with the reason of the last error */
  async attempt<T>(verb: 'read' | 'write' | 'erase', action: () => Promise<T>): Promise<T> {
    try {
      return await this.patiently(action);
    } catch (error) {
      throw this.failureOf(verb, error);
    }
  }

  /** The error to throw for one of the database: a StorageError as it came, else `failed`, with the reason. */
  failureOf(verb: 'read' | 'write' | 'erase', error: unknown): StorageError {
    if (error instanceof StorageError) return error;
    return new StorageError('failed', `Cannot ${verb} the ${this.#what}: ${reasonOf(error)}.`);
  }
}
