/** Why there is no document: too many are waiting, it took too long, or it cannot be made. */
type ExportFailure = 'busy' | 'late' | 'failed';

/** A document could not be made. The message contains nothing from the document. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
  readonly code: ExportFailure;

  constructor(code: ExportFailure, message: string) {
    super(message);
    this.code = code;
  }
}
