/**
 * Waits for an answer of Redis, but not for long. It counts when it has come while this process itself stood still.
 *
 * @throws when there is none in time, or what the answer rejects with
 */
export async function inTime<T>(answer: Promise<T>, limitMs: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const refuse = () => late.reject(new Error('Redis did not answer in time'));
  const timer = setTimeout(setImmediate, limitMs, refuse);
  return await Promise.race([answer, late.promise]).finally(() => clearTimeout(timer));
}
