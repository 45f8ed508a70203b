import { ModelError } from './model.ts';

/**
 * Asks a model for as long as the limit and the process allow.
 *
 * Whatever still runs when the work is over is aborted: the parallel requests of work that has failed.
 *
 * @param ending - aborted when the process ends
 */
export async function withinLimit<T>(
  ending: AbortSignal,
  limitMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const onEnding = () => over.abort(new ModelError('shutting down'));
  if (ending.aborted) onEnding();
  ending.addEventListener('abort', onEnding, { once: true });
  const limit = setTimeout(() => over.abort(new ModelError('no answer in time')), limitMs);
  try {
    return await work(over.signal);
  } finally {
    clearTimeout(limit);
    over.abort();
    ending.removeEventListener('abort', onEnding);
  }
}
