import type { Log } from '../../../src/core/log.ts';

/** Keeps everything that was logged, to look for what must not be in it. */
export class LogBook implements Log {
  readonly entries: string[] = [];
  debug = this.#write.bind(this);
  info = this.#write.bind(this);
  warn = this.#write.bind(this);
  error = this.#write.bind(this);

  #write(fields: object, message: string): void {
    const errors = Object.values(fields).filter((value) => value instanceof Error);
    this.entries.push(JSON.stringify({ ...fields, message, errors: errors.map((error) => String(error.stack)) }));
  }
}
