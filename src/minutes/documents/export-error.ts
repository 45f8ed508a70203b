/** Why there is no document: too many wait, it took too long, or it cannot be made. */
type ExportFailure = 'busy' | 'late' | 'failed';

/** A document could not be made. Its message holds nothing of what it was to hold. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
  readonly code: ExportFailure;

  constructor(code: ExportFailure, message: string) {
    super(message);
    this.code = code;
  }
}
