/** Days in a server's time zone, which is UTC unless it chose another. */

const formats = new Map<string, Intl.DateTimeFormat>(); // making a format takes a hundred times longer than using it

/** `2026-11-23`. @param timeZone - an IANA name */
export function dayIn(time: Date, timeZone = 'UTC'): string {
  return localTime(time, timeZone).slice(0, 10);
}

/** `2026-11-23 10:00:05`, in Swedish notation. @param timeZone - an IANA name */
export function localTime(time: Date, timeZone = 'UTC'): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(timeZone, format);
  }
  return format.format(time);
}

/** `Monday`, in English. @param timeZone - an IANA name */
export function weekdayIn(time: Date, timeZone = 'UTC'): string {
  return new Intl.DateTimeFormat('en', { timeZone, weekday: 'long' }).format(time);
}

/**
 * When a day begins in a time zone: at midnight, or right after it where clocks skip midnight.
 *
 * @param day - `2026-11-23`
 * @returns `undefined` when the calendar has no such day
 */
export function beginningOf(day: string, timeZone = 'UTC'): Date | undefined {
  const midnight = new Date(`${day}T00:00:00Z`);
  // `Date` reads the 31st of November as the 1st of December.
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day)) return undefined;
  // No zone is more than 14 hours from UTC, and none changes its clocks twice within a day: two steps find the offset.
  let guess = midnight.getTime();
  for (let step = 0; step < 2; step += 1) {
    const shown = new Date(`${localTime(new Date(guess), timeZone).replace(' ', 'T')}Z`).getTime();
    guess += midnight.getTime() - shown;
  }
  return new Date(guess);
}
