/** How long an ending waits for what is still to be posted: three of Discord's five-second rate-limit windows. */
export const POSTING_LIMIT_MS = 15_000;
