import { patiently } from '../patiently.ts';
import { reasonOf, StorageError } from '../storage-error.ts';

/** Repeats what a lock or a broken connection prevents, until the journal closes: every write may be repeated. */
export class Attempts {
  /** Aborts when the journal closes. */
  readonly closing: AbortSignal;

  constructor(closing: AbortSignal) {
    this.closing = closing;
  }

  /** @throws the last error */
  readonly patiently = <T>(action: () => Promise<T>): Promise<T> => patiently(action, this.closing);

  /** @throws {StorageError} `failed`, with the reason of the last error */
  async attempt<T>(verb: 'read' | 'write' | 'erase', action: () => Promise<T>): Promise<T> {
    try {
      return await this.patiently(action);
    } catch (error) {
      throw new StorageError('failed', `Cannot ${verb} the transcripts: ${reasonOf(error)}.`);
    }
  }
}
