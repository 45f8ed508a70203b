/**
 * Runs jobs side by side and waits for every one of them.
 *
 * The first failure aborts the others' signal and is thrown once all have ended, so nothing runs on unowned.
 */
export async function together(
  signal: AbortSignal,
  jobs: readonly ((signal: AbortSignal) => Promise<void>)[],
): Promise<void> {
  const stop = new AbortController();
  const shared = AbortSignal.any([signal, stop.signal]);
  await Promise.allSettled(
    jobs.map((job) =>
      job(shared).catch((error: unknown) => {
        stop.abort(error); // only the first reason is kept: later failures are its consequence
      }),
    ),
  );
  if (stop.signal.aborted) throw stop.signal.reason;
}
