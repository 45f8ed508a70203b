import { Worker } from 'node:worker_threads';
import { FairPlaces } from '../../core/concurrency/fair-places.ts';
import type { GuildId } from '../../core/ids.ts';
import type { MinutesModel } from '../model/minutes-model.ts';
import { ExportError } from './export-error.ts';

export type DocumentFormat = 'docx' | 'pdf' | 'png';

/** What the thread is given. */
export interface DocumentTask {
  readonly model: MinutesModel;
  readonly format: DocumentFormat;
}

const MAX_HEAP_MB = 512; // a two-hour meeting takes about a third; without a limit a huge one could take the bot along

/** Documents take a third of a gigabyte each, so few are made at once. Pictures are small, and minutes wait for them. */
const documents = new FairPlaces({ atOnce: 2, waiting: 12, waitingOfOne: 3 });
const pictures = new FairPlaces({ atOnce: 2, waiting: 60, waitingOfOne: 2 });

const KINDS = {
  docx: { places: documents, limitMs: 60_000 }, // a meeting of a day takes ten seconds
  pdf: { places: documents, limitMs: 60_000 },
  png: { places: pictures, limitMs: 8_000 }, // half of what posting minutes may take
} as const satisfies Readonly<Record<DocumentFormat, object>>;

/**
 * Makes a document in a thread that lives as long as the making: one at a time for each server, two in all.
 *
 * @throws {ExportError} when it cannot be made, or too many wait; the signal's reason when that ends it
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
    throw new ExportError('busy', `Cannot make the ${nameOf(format)} now: too many wait for theirs`);
  using _place = place;
  signal?.throwIfAborted();
  const thread = new Worker(new URL('./document-thread.ts', import.meta.url), {
    workerData: { model, format } satisfies DocumentTask,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    // Nothing of the process's own: neither its secrets nor its flags (a test runner's, say) concern the thread.
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
      // The thread's own error is not passed on: libraries quote in their messages what they stumble over.
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
    await thread.terminate(); // before the place is given back: its memory counts until then
  }
}

function failed(format: DocumentFormat, because: string): ExportError {
  return new ExportError('failed', `Cannot make the ${nameOf(format)}: ${because}. The other formats may still work`);
}

function nameOf(format: DocumentFormat): string {
  return format === 'png' ? 'picture' : `${format.toUpperCase()} file`;
}
