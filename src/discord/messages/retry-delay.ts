const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * How long to wait after so many attempts: doubling, with jitter, so that a thousand channels do not all try again
 * together.
 */
export function retryDelayMs(attempt: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
}
