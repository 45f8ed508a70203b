/** A time zone in IANA's spelling, typed in any case. `undefined`: no zone has that name. */
export function readTimeZone(typed: string): string | undefined {
  const name = typed.trim();
  if (!/^[a-z]/i.test(name)) return undefined; // Intl accepts `+01:00`, which has no summer time
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined; // Intl throws for an unknown zone
  }
}
