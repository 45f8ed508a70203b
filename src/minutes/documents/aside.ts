import { Worker } from 'node:worker_threads';
import { FairPlaces } from '../../core/concurrency/fair-places.ts';
import type { GuildId } from '../../core/ids.ts';
import type { MinutesModel } from '../model/minutes-model.ts';
import { ExportError } from './export-error.ts';

export type DocumentFormat = 'docx' | 'pdf' | 'png';

/** The task that a worker thread receives. */
export interface DocumentTask {
  readonly model: MinutesModel;
  readonly format: DocumentFormat;
}

const MAX_HEAP_MB = 512; // two hours need about a third; without a limit a huge meeting could exhaust the bot's memory

/**
 * A document can take a third of a gigabyte, so only two are made at once. Pictures are small, and minutes wait for
 * them.
 */
const documents = new FairPlaces({ atOnce: 2, waiting: 12, waitingOfOne: 3 });
const pictures = new FairPlaces({ atOnce: 2, waiting: 60, waitingOfOne: 2 });

const KINDS = {
  docx: { places: documents, limitMs: 60_000 }, // a meeting of a whole day takes ten seconds
  pdf: { places: documents, limitMs: 60_000 },
  png: { places: pictures, limitMs: 8_000 }, // posting minutes may take 15 seconds in all
} as const satisfies Readonly<Record<DocumentFormat, object>>;

/**
 * Makes a document in a worker thread that ends with the task: one at a time per server, two in all.
 *
 * @throws {ExportError} when the document cannot be made in time or at all, or too many are waiting
 * @throws the signal's reason
 */
export async function renderAside(
  guildId: GuildId,
  model: MinutesModel,
  format: DocumentFormat,
  signal?: AbortSignal,
): Promise<Buffer> {
  const { places, limitMs } = KINDS[format];
  const place = await places.take(guildId, signal);
  if (place === 'full')
    throw new ExportError('busy', `Cannot make the ${nameOf(format)} now: too many people are waiting for theirs`);
  using _place = place;
  signal?.throwIfAborted();
  const thread = new Worker(new URL('./document-thread.ts', import.meta.url), {
    workerData: { model, format } satisfies DocumentTask,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    // The thread gets neither the secrets of the process nor its flags, such as those of a test runner.
    env: {},
    execArgv: [],
  });
  const stop = () => void thread.terminate();
  signal?.addEventListener('abort', stop);
  let isLate = false;
  const limit = setTimeout(() => {
    isLate = true;
    stop();
  }, limitMs);
  try {
    return await new Promise((resolve, reject) => {
      thread.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)));
      // Only the name of the thread's error is passed on, because the messages of libraries can quote what was said.
      thread.once('error', (error) => reject(failed(format, error.name)));
      thread.once('exit', () => {
        if (signal?.aborted) reject(signal.reason);
        else if (isLate) reject(new ExportError('late', `Cannot make the ${nameOf(format)}: it takes too long`));
        else reject(failed(format, 'it ended early'));
      });
    });
  } finally {
    clearTimeout(limit);
    signal?.removeEventListener('abort', stop);
    await thread.terminate(); // before the place is free again: the thread's memory counts until it has ended
  }
}

function failed(format: DocumentFormat, because: string): ExportError {
  return new ExportError('failed', `Cannot make the ${nameOf(format)}: ${because}. The other formats may still work`);
}

function nameOf(format: DocumentFormat): string {
  return format === 'png' ? 'picture' : `${format.toUpperCase()} file`;
}
