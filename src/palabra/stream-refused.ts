import { SttError } from '../core/errors.ts';

/** The service does not take a stream as it was asked for. Its words may tell why. */
export class StreamRefused extends SttError {
  readonly said: string;
  constructor(message: string, said: string) {
    super('bad-request', message);
    this.said = said;
  }
}
