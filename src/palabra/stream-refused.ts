import { SttError } from '../core/errors.ts';

/** The service refused a stream with these parameters. Its message may say why. */
export class StreamRefused extends SttError {
  readonly said: string;
  constructor(message: string, said: string) {
    super('bad-request', message);
    this.said = said;
  }
}
