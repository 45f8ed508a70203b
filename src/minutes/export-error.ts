/** A document could not be made. The message is fit to be shown, and holds nothing of what was said. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
}
