/** A time zone as IANA spells it, whatever the case it was typed in. `undefined`: there is none of that name. */
export function readTimeZone(typed: string): string | undefined {
  const name = typed.trim();
  if (!/^[a-z]/i.test(name)) return undefined; // `+01:00` would do for Intl, but knows no summer time
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined; // Intl's way of saying that it knows none
  }
}
