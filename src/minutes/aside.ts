import { Worker } from 'node:worker_threads';
import { ExportError } from './export-error.ts';
import type { MinutesModel } from './minutes-model.ts';

export type DocumentFormat = 'docx' | 'pdf';

/** What the thread is given. */
export interface DocumentTask {
  readonly model: MinutesModel;
  readonly format: DocumentFormat;
}

const MAX_HEAP_MB = 512; // a two-hour meeting takes about a third; without a limit a huge one could take the bot along

/**
 * Makes a document in a thread that lives as long as the making.
 *
 * @throws {ExportError} when it cannot be made; the signal's reason when that ends it
 */
export async function renderAside(model: MinutesModel, format: DocumentFormat, signal?: AbortSignal): Promise<Buffer> {
  const thread = new Worker(new URL('./document-thread.ts', import.meta.url), {
    workerData: { model, format } satisfies DocumentTask,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    // Nothing of the process's own: neither its secrets nor its flags (a test runner's, say) concern the thread.
    env: {},
    execArgv: [],
  });
  const stop = () => void thread.terminate();
  signal?.addEventListener('abort', stop);
  try {
    return await new Promise((resolve, reject) => {
      thread.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)));
      // The thread's own error is not passed on: libraries quote in their messages what they stumble over.
      thread.once('error', (error) => reject(failed(format, error.name)));
      thread.once('exit', () => reject(signal?.aborted ? signal.reason : failed(format, 'it ended early')));
    });
  } finally {
    signal?.removeEventListener('abort', stop);
    await thread.terminate();
  }
}

function failed(format: DocumentFormat, because: string): ExportError {
  return new ExportError(`Cannot make the ${format.toUpperCase()} file: ${because}. The other formats may still work`);
}
