import { DEFECT, type Log } from '../../src/core/log.ts';

/** Keeps everything that was logged, to search it for secrets and defects. */
export class LogBook implements Log {
  readonly entries: string[] = [];
  readonly defects: string[] = []; // broken promises of a mode: see `checkMode`
  debug = this.#write.bind(this);
  info = this.#write.bind(this);
  warn = this.#write.bind(this);
  error = this.#write.bind(this);

  #write(fields: object, message: string): void {
    if (message === DEFECT) this.defects.push(JSON.stringify(fields));
    const errors = Object.values(fields).filter((value) => value instanceof Error);
    this.entries.push(JSON.stringify({ ...fields, message, errors: errors.map((error) => String(error.stack)) }));
  }
}

/** Throws at the first error that is logged: for objects that tests call directly. */
export const failing: Pick<Log, 'error'> = {
  error(fields, message) {
    throw new Error(`${message}: ${JSON.stringify(fields)}`);
  },
};
