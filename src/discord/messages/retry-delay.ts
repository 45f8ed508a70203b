const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/** Doubling, with jitter, so that a thousand channels do not all come back in the same moment. */
export function retryDelayMs(attempt: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
}
