/** How long an ending waits for what is still to be posted: three of Discord's five-second rate-limit windows. */
export const POSTING_LIMIT_MS = 15_000;

/**
 * How long a meeting that leaves its process waits: for the last words and their posting (`wordsMs`), for their posting
 * (`postingMs`), and for what the journal still holds in memory, as the database is away (`keepingMs`).
 */
export const LEAVING = {
  ended: { wordsMs: 120_000, postingMs: POSTING_LIMIT_MS, keepingMs: 60_000 },
  shutdown: { wordsMs: 10_000, postingMs: POSTING_LIMIT_MS, keepingMs: 5_000 }, // the host kills soon
  failed: { wordsMs: 3_000, postingMs: POSTING_LIMIT_MS, keepingMs: 2_000 }, // the process itself is ended after 8 s
  restarting: { wordsMs: 8_000, postingMs: 5_000, keepingMs: 2_000 }, // together well under the 15 s that hosts give at least
  given: { wordsMs: 8_000, postingMs: 0 }, // the process that goes on with it shows what is not posted here
} as const;
