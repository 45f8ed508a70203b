import { beginningOf } from '../../src/core/time/day.ts';

const HOUR_MS = 60 * 60 * 1_000;
const UNITS: Readonly<Record<string, number>> = { h: HOUR_MS, d: 24 * HOUR_MS, w: 7 * 24 * HOUR_MS };

/** `2026-11-23` is the start of that day in the server; `12h`, `7d` and `2w` count back from now. Else `undefined`. */
export function readSince(typed: string, now: Date, timeZone: string | undefined): Date | undefined {
  const text = typed.trim().toLowerCase();
  const [, count, unit] = /^(\d{1,4})\s*([hdw])/.exec(text) ?? [];
  if (count !== undefined && /^\d{1,4}\s*(h|hours?|d|days?|w|weeks?)$/.test(text)) {
    return new Date(now.getTime() - Number(count) * (UNITS[unit ?? ''] ?? 0));
  }
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? beginningOf(text, timeZone) : undefined;
}
